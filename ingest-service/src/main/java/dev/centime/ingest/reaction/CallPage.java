package dev.centime.ingest.reaction;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A page of calls, in the order of time.
 *
 * @param eventIds of their records; none on the page after the last
 * @param end where the next page begins; what tells calls of one moment apart differs with the table they are read from
 */
record CallPage<E>(List<String> eventIds, E end) {
    /**
     * Corrects the calls of all pages, one page after another however many there are.
     *
     * @param pages by where the page before ended, null for the first
     * @param correct takes the event ids of a page
     */
    static <E> Uni<Void> each(Function<@Nullable E, Uni<CallPage<E>>> pages, Function<List<String>, Uni<?>> correct) {
        return Uni.createFrom().deferred(() -> each(new AtomicReference<>(), pages, correct));
    }

    private static <E> Uni<Void> each(
            AtomicReference<@Nullable E> place,
            Function<@Nullable E, Uni<CallPage<E>>> pages,
            Function<List<String>, Uni<?>> correct) {
        return Multi.createBy()
                .repeating()
                .uni(() -> pages.apply(place.get())
                        .invoke(page -> place.set(page.end()))
                        .chain(page -> page.corrected(correct)))
                .whilst(page -> !page.eventIds().isEmpty())
                .collect()
                .last()
                .replaceWithVoid();
    }

    private Uni<CallPage<E>> corrected(Function<List<String>, Uni<?>> correct) {
        return eventIds.isEmpty()
                ? Uni.createFrom().item(this)
                : correct.apply(eventIds).replaceWith(this);
    }
}
