package dev.centime.eventstore.log;

import java.util.function.IntConsumer;

/**
 * Tells that a partition has grown, across replicas and services. Best effort: one may be lost, come twice or come for nothing, so
 * whoever listens polls as well.
 */
public interface WakeUps extends AutoCloseable {
    /** Those that wake nobody: whoever reads polls. */
    static WakeUps none() {
        return new NoWakeUps();
    }

    /** Wakes whoever listens, here and elsewhere, shortly; several within 20 ms become one. Never blocks, never fails. */
    void wake(int partition);

    /** Calls a listener with every partition that has grown, until it is closed. The listener returns at once. */
    Listening listen(IntConsumer partition);

    @Override
    void close();

    /** Ends when closed. */
    interface Listening extends AutoCloseable {
        @Override
        void close();
    }
}
