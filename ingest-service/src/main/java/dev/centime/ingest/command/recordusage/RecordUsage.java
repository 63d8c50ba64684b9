package dev.centime.ingest.command.recordusage;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.centime.contracts.Money;
import dev.centime.contracts.Tokens;
import dev.centime.contracts.UsageRecorded.Status;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** One call to be recorded, as the REST contract names its fields. Token kinds never overlap. */
@Schema(name = "UsageRecord", description = "One LLM call. Required: model, and a token count or a reported cost.")
public record RecordUsage(
        @Schema(description = "Unique within the organization; a repeat counts once") @Nullable
        String id,

        @Schema(description = "When the call was made; the moment of receipt by default") @Nullable
        Instant timestamp,

        @Schema(description = "Needed unless the model names it") @Nullable
        String provider,

        String model,
        @Nullable String operation,
        @Nullable String user,
        @Nullable String project,
        @Nullable String experiment,
        @Nullable String session,
        @Nullable String run,
        @Schema(description = "Uncached input only") long inputTokens,

        @Schema(description = "Everything generated, reasoning included")
        long outputTokens,

        long cacheReadTokens,

        @Schema(description = "Written to a cache that keeps it five minutes")
        long cacheWriteTokens,

        @Schema(description = "Written to a cache that keeps it an hour") @JsonProperty("cache_write_1h_tokens")
        long cacheWrite1hTokens,

        @Schema(description = "Inside output_tokens") long reasoningTokens,
        long inputAudioTokens,
        long outputAudioTokens,
        long inputImageTokens,

        @Schema(description = "Images generated, not inside output_tokens")
        long outputImageTokens,

        @Schema(description = "Calls by tool name") Map<String, Long> toolCalls,
        @Nullable Long latencyMs,
        @Schema(description = "ok or error") Status status,
        @Nullable String errorType,
        @Nullable String retryOf,

        @Schema(description = "standard, batch, priority, flex or fast") @Nullable
        String serviceTier,

        @Nullable String region,

        @Schema(description = "Answered by a response cache: costs nothing")
        boolean cacheHit,

        @Schema(description = "More than one for a bucket of a provider's report")
        long requests,

        boolean aggregated,
        @Nullable BigDecimal units,
        @Nullable String unitName,
        @Nullable String promptFingerprint,
        List<String> prefixFingerprints,
        @Nullable String estimateId,
        @Nullable Money estimatedCost,
        @Nullable String reservationId,
        @Nullable Money reportedCost,
        Map<String, String> tags) {

    /** By kind. */
    public Tokens tokens() {
        return new Tokens(
                inputTokens,
                cacheReadTokens,
                cacheWriteTokens,
                cacheWrite1hTokens,
                outputTokens,
                reasoningTokens,
                inputAudioTokens,
                outputAudioTokens,
                inputImageTokens,
                outputImageTokens);
    }

    /** The same call, made by a user. */
    RecordUsage by(String name) {
        return with(id, timestamp, name);
    }

    /** The same call, under an id. */
    public RecordUsage identified(String recordId) {
        return with(recordId, timestamp, user);
    }

    /** The same call, made at another moment; null for that of receipt. */
    public RecordUsage at(@Nullable Instant moment) {
        return with(id, moment, user);
    }

    private RecordUsage with(@Nullable String recordId, @Nullable Instant moment, @Nullable String name) {
        return new RecordUsage(
                recordId,
                moment,
                provider,
                model,
                operation,
                name,
                project,
                experiment,
                session,
                run,
                inputTokens,
                outputTokens,
                cacheReadTokens,
                cacheWriteTokens,
                cacheWrite1hTokens,
                reasoningTokens,
                inputAudioTokens,
                outputAudioTokens,
                inputImageTokens,
                outputImageTokens,
                toolCalls,
                latencyMs,
                status,
                errorType,
                retryOf,
                serviceTier,
                region,
                cacheHit,
                requests,
                aggregated,
                units,
                unitName,
                promptFingerprint,
                prefixFingerprints,
                estimateId,
                estimatedCost,
                reservationId,
                reportedCost,
                tags);
    }
}
