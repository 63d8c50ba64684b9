package dev.centime.budget.channel;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** What became of one attempt. */
public sealed interface Outcome {
    /** @param status of HTTP; null elsewhere */
    record Delivered(@Nullable Integer status) implements Outcome {}

    /**
     * It may go well another time.
     *
     * @param pause how long the other end asks to be left alone; zero when it does not say
     */
    record Failed(String reason, @Nullable Integer status, Duration pause) implements Outcome {
        public static Failed because(String reason) {
            return new Failed(reason, null, Duration.ZERO);
        }

        public static Failed because(Throwable failure) {
            return because(Reason.of(failure));
        }
    }

    /** It will not go well however often it is tried. */
    record Hopeless(String reason, @Nullable Integer status) implements Outcome {}
}
