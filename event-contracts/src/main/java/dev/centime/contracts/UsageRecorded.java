package dev.centime.contracts;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonValue;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One call (or one bucket of a provider's report) was made, with the cost known at that moment. Never rewritten: what is
 * learned later is a {@link UsageRepriced} or a {@link UsageCorrected}.
 *
 * @param recordId the caller's id, unique within organization and source
 * @param timestamp when the call was made
 * @param pricesAt the offset of the platform's partition at which the price was read
 */
@StoredAs(name = "usage-recorded")
@JsonDeserialize(using = UsageRecordedReader.class)
public record UsageRecorded(
        String recordId,
        Instant timestamp,
        Model model,
        Attribution attribution,
        Tokens tokens,
        Outcome outcome,
        Quantity quantity,
        Cost cost,
        Provenance provenance,
        long pricesAt) {

    /**
     * The same call, with what it counts with as a {@link UsageCorrected} says.
     *
     * @param requests null for as many as this says
     * @param reportedCost null for what this says
     */
    public UsageRecorded counting(
            Tokens corrected, Map<String, Long> toolCalls, @Nullable Long requests, @Nullable Money reportedCost) {
        return new UsageRecorded(
                recordId,
                timestamp,
                model,
                attribution,
                corrected,
                new Outcome(
                        outcome.status(),
                        outcome.errorType(),
                        outcome.retryOf(),
                        outcome.latencyMs(),
                        outcome.cacheHit(),
                        toolCalls),
                requests == null ? quantity : quantity.of(requests),
                cost,
                reportedCost == null ? provenance : provenance.reporting(reportedCost),
                pricesAt);
    }

    /**
     * How the call ended.
     *
     * @param latencyMs milliseconds, null when unknown
     * @param retryOf the record id of the failed call that this one repeats
     * @param cacheHit answered by a response cache, so it cost nothing
     * @param toolCalls calls by tool name; empty when there are none
     */
    public record Outcome(
            Status status,
            @Nullable String errorType,
            @Nullable String retryOf,
            @Nullable Long latencyMs,
            boolean cacheHit,
            Map<String, Long> toolCalls) {
        public Outcome {
            //noinspection ConstantValue: absent in JSON when empty
            toolCalls = toolCalls == null ? Map.of() : Map.copyOf(toolCalls);
        }
    }

    /** Whether a call succeeded; a failed one costs its tokens all the same. */
    public enum Status {
        OK,
        ERROR;

        @JsonValue
        public String text() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * How much one record stands for.
     *
     * @param requests calls, more than one for a bucket of a provider's report
     * @param aggregated whether it is such a bucket
     * @param units what the calls produced, null when not counted
     * @param unitName what a unit is, such as {@code persona}
     */
    public record Quantity(
            long requests,
            boolean aggregated,
            @Nullable BigDecimal units,
            @Nullable String unitName) {
        public static final Quantity ONE_CALL = new Quantity(1, false, null, null);

        private Quantity of(long calls) {
            return new Quantity(calls, aggregated, units, unitName);
        }
    }

    /**
     * Where the record came from, and what came with it.
     *
     * @param source the input format or client, part of the record's identity
     * @param convention how the source counts cached tokens; null when it is Centime's own way
     * @param rawUsage the source's usage block as it came, numbers only; null when it is Centime's own
     * @param promptFingerprint a hash of the prompt; text is never taken
     * @param prefixFingerprints hashes of the prompt's prefixes, shortest first; empty when unknown
     * @param estimateId the estimate made before the call
     * @param estimatedCost US dollars expected before the call
     * @param reservationId the reservation that this record settles
     * @param reportedCost US dollars as the caller reported them, kept beside what Centime calculates
     * @param negativeRemainder true when the source told of more tokens of one kind than of the whole they are in, so that a
     *     remainder would have been negative and was taken as none; null when its counts fit
     */
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    public record Provenance(
            String source,
            @Nullable Convention convention,
            @Nullable JsonNode rawUsage,
            @Nullable String promptFingerprint,
            List<String> prefixFingerprints,
            @Nullable String estimateId,
            @Nullable Money estimatedCost,
            @Nullable String reservationId,
            @Nullable Money reportedCost,
            @Nullable Boolean negativeRemainder) {
        public Provenance {
            //noinspection ConstantValue: absent in JSON when empty
            prefixFingerprints = prefixFingerprints == null ? List.of() : List.copyOf(prefixFingerprints);
        }

        private Provenance reporting(Money cost) {
            return new Provenance(
                    source,
                    convention,
                    rawUsage,
                    promptFingerprint,
                    prefixFingerprints,
                    estimateId,
                    estimatedCost,
                    reservationId,
                    cost,
                    negativeRemainder);
        }
    }

    /** Whether a source counts cached tokens inside its input tokens or beside them. */
    public enum Convention {
        CACHED_INSIDE_INPUT,
        CACHED_BESIDE_INPUT;

        @JsonValue
        public String text() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
