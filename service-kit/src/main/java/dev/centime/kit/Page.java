package dev.centime.kit;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A list's answer.
 *
 * @param nextCursor for the next page, null on the last; stable under inserts
 */
public record Page<T>(List<T> items, @Nullable String nextCursor) {}
