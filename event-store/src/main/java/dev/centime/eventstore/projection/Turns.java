package dev.centime.eventstore.projection;

import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * Bounds what all partitions of a service read and fold at once, and so the memory that pages take. What catches up or is rebuilt
 * takes a turn of its own kind, for which a partition stands in line only briefly: what is served comes next on the same thread.
 */
final class Turns {
    private static final long BRIEFLY_MILLIS = 20;

    private final Semaphore live;
    private final Semaphore behind = new Semaphore(1, true);
    private final Semaphore ahead;

    /** @param atOnce pages at once of what is served */
    Turns(int atOnce) {
        this.live = new Semaphore(atOnce, true);
        this.ahead = new Semaphore(atOnce);
    }

    /** Work that a turn is needed for. */
    interface Work<T> {
        T run() throws InterruptedException;
    }

    <T> T live(Work<T> work) throws InterruptedException {
        live.acquire();
        try {
            return work.run();
        } finally {
            live.release();
        }
    }

    /** @return empty when others have the turn */
    <T> Optional<T> behind(Work<T> work) throws InterruptedException {
        if (!behind.tryAcquire(BRIEFLY_MILLIS, TimeUnit.MILLISECONDS)) {
            return Optional.empty();
        }
        try {
            return Optional.of(work.run());
        } finally {
            behind.release();
        }
    }

    /** Whether another page may be read beforehand; each that may is to be told {@link #taken()}. */
    boolean mayReadAhead() {
        return ahead.tryAcquire();
    }

    /** A page read beforehand was taken or thrown away. */
    void taken() {
        ahead.release();
    }
}
