package dev.centime.kit;

import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A list's answer.
 *
 * @param nextCursor for the next page, null on the last; stable under inserts
 */
public record Page<T>(List<T> items, @Nullable String nextCursor) {
    /** The same page of something else. @param others what is shown of each item, in their order */
    public <R> Page<R> showing(List<R> others) {
        return new Page<>(others, nextCursor);
    }

    /** The same page of something else. */
    public <R> Page<R> map(Function<? super T, ? extends R> shown) {
        return new Page<>(items.stream().<R>map(shown).toList(), nextCursor);
    }
}
