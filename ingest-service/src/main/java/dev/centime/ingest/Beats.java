package dev.centime.ingest;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.Cancellable;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/**
 * Says again and again that somebody is still there. What could not be said is said again soon, so that nobody is taken for gone after
 * the database was away.
 */
public final class Beats {
    private final Duration soon;
    private final int quiet;

    /**
     * @param soon how long after a beat that failed the next is made; one that takes ten times that has failed
     * @param quiet how many times that after a beat that arrived
     */
    public Beats(Duration soon, int quiet) {
        this.soon = soon;
        this.quiet = quiet;
    }

    /** Until it is cancelled; the first beat is made as long after now as after one that arrived. */
    public Cancellable begin(Supplier<? extends Uni<?>> beat) {
        return begin(Multi.createFrom().ticks().every(soon), beat);
    }

    /** @param ticks as far apart as a beat that failed and the next; those that come while one is under way are passed over */
    Cancellable begin(Multi<?> ticks, Supplier<? extends Uni<?>> beat) {
        var since = new AtomicInteger();
        return ticks.onOverflow()
                .drop()
                .filter(tick -> since.getAndIncrement() >= quiet)
                .onItem()
                .transformToUniAndConcatenate(tick -> made(beat, since))
                .subscribe()
                .with(made -> {});
    }

    private Uni<Boolean> made(Supplier<? extends Uni<?>> beat, AtomicInteger since) {
        return Uni.createFrom()
                .deferred(() -> beat.get().replaceWith(true))
                .ifNoItem()
                .after(soon.multipliedBy(10))
                .fail()
                .invoke(arrived -> since.set(1))
                .onFailure()
                .recoverWithItem(false);
    }
}
