package dev.centime.eventstore.axon;

import dev.centime.eventstore.log.Appended;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What became of a command.
 *
 * @param result what its handler returned, null for nothing
 * @param appended where its events lie, empty when it caused none
 */
public record Handled<R>(@Nullable R result, Optional<Appended> appended) {}
