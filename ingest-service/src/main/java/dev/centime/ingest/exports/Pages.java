package dev.centime.ingest.exports;

import io.smallrye.mutiny.Uni;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Where rows come from, a page at a time; between two pages nothing is held in the database. */
@FunctionalInterface
interface Pages<T> {
    /** @param after the end of the page before, null for the first */
    Uni<Slice<T>> next(@Nullable List<String> after);

    /** @param end where the page ended, for the next; null on the last */
    record Slice<T>(List<T> rows, @Nullable List<String> end) {}

    /** Several rows for each. */
    default <R> Pages<R> each(Function<T, List<R>> rows) {
        return after -> next(after).map(slice -> {
            var all = new ArrayList<R>(slice.rows().size());
            slice.rows().forEach(row -> all.addAll(rows.apply(row)));
            return new Slice<>(all, slice.end());
        });
    }
}
