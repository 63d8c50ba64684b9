package dev.centime.eventstore.projection;

import java.util.concurrent.Semaphore;

/**
 * Bounds what all partitions of a service read and fold at once, and so the memory that pages take. What catches up or is rebuilt
 * waits for a turn of its own kind, so that a page of what is served never stands in line behind it.
 */
final class Turns {
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
        return in(live, work);
    }

    <T> T behind(Work<T> work) throws InterruptedException {
        return in(behind, work);
    }

    /** Whether another page may be read beforehand; each that may is to be told {@link #taken()}. */
    boolean mayReadAhead() {
        return ahead.tryAcquire();
    }

    /** A page read beforehand was taken or thrown away. */
    void taken() {
        ahead.release();
    }

    private static <T> T in(Semaphore turns, Work<T> work) throws InterruptedException {
        turns.acquire();
        try {
            return work.run();
        } finally {
            turns.release();
        }
    }
}
