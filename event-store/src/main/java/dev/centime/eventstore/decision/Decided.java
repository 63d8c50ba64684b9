package dev.centime.eventstore.decision;

import dev.centime.eventstore.log.Position;
import org.jspecify.annotations.Nullable;

/**
 * What a command came to.
 *
 * @param state of the entity with all that was decided in the same go
 * @param position up to which the log was written for it, null when it came to nothing
 */
public record Decided<S>(S state, @Nullable Position position) {}
