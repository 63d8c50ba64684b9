package dev.centime.eventstore.log;

import java.util.function.IntConsumer;

/** Wakes nobody: whoever reads polls. */
final class NoWakeUps implements WakeUps {
    @Override
    public void wake(int partition) {}

    @Override
    public Listening listen(IntConsumer partition) {
        return () -> {};
    }

    @Override
    public void close() {}
}
