package dev.centime.eventstore.projection;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Waits for threads that were told to end. */
final class Ending {
    private Ending() {}

    /** @return whether it has ended; also when there is none, and when it is the caller's own */
    static boolean of(@Nullable Thread thread, Duration atMost) {
        if (thread == null || thread == Thread.currentThread()) {
            return true;
        }
        try {
            return thread.join(atMost);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
