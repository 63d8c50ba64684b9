package dev.centime.benchmarks;

import java.time.Duration;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;

/** How a run waits for what it measures: looking every so often, and not for ever. */
public final class Patience {
    private static final Duration LONGEST = Duration.ofMinutes(30);

    private Patience() {}

    /**
     * Gives up after half an hour, with an exception that says what was waited for.
     *
     * @param every between two looks, which bounds how exactly the end is seen
     */
    public static ConditionFactory await(String what, Duration every) {
        return Awaitility.await(what)
                .atMost(LONGEST)
                .pollInSameThread()
                .pollDelay(Duration.ZERO)
                .pollInterval(every);
    }
}
