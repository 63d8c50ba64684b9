package dev.centime.ingest.command.estimatecost;

import dev.centime.ingest.tokenizer.Prompt;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A call to be estimated before it is made.
 *
 * @param prompt its text, which is counted and forgotten
 * @param inputTokens what the caller counted: beside the text, or instead of it
 * @param cachedTokens how many of all input tokens a prompt cache will answer
 * @param output what is expected to come out
 * @param timestamp when the call would be made; null is now
 * @param store whether the estimate is kept, so that a usage record can name it
 */
public record EstimateCost(
        Prompt prompt,
        @Nullable String provider,
        String model,
        long inputTokens,
        long cachedTokens,
        Output output,
        @Nullable String serviceTier,
        @Nullable String region,
        @Nullable Instant timestamp,
        ChargedTo chargedTo,
        boolean store) {

    /**
     * Output tokens and where the number comes from.
     *
     * @param basis expected, maximum or none
     */
    public record Output(long tokens, String basis) {
        /** As the fields of a request say; what is expected goes before what is allowed. */
        public static Output of(@Nullable Long expected, @Nullable Long maximum) {
            if (expected != null) {
                return new Output(expected, "expected");
            }
            return maximum == null ? new Output(0, "none") : new Output(maximum, "maximum");
        }
    }

    /** Whom and what the call would be charged to. @param user a name, not yet an id */
    public record ChargedTo(
            @Nullable String user,
            @Nullable String project,
            @Nullable String experiment,
            @Nullable String session,
            @Nullable String run,
            @Nullable String operation,
            Map<String, String> tags) {

        ChargedTo by(@Nullable String name) {
            return new ChargedTo(name, project, experiment, session, run, operation, tags);
        }
    }
}
