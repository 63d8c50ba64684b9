package dev.centime.ingest.view.calls;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.annotation.JsonSerialize;
import dev.centime.contracts.Cost;
import dev.centime.contracts.Money;
import dev.centime.contracts.UsageRecorded;
import dev.centime.ingest.view.CostClass;
import dev.centime.ingest.view.PlainNumber;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** A recorded call with what it costs, line by line. */
@Schema(name = "UsageCall")
public record UsageCall(
        String id,
        Instant timestamp,
        @Nullable String provider,
        String model,
        @Nullable String serviceTier,
        @Nullable String region,
        @Nullable String operation,
        @Nullable String user,
        @Nullable String project,
        @Nullable String experiment,
        @Nullable String session,
        @Nullable String run,
        Map<String, String> tags,
        long inputTokens,
        long outputTokens,
        long cacheReadTokens,
        long cacheWriteTokens,
        @JsonProperty("cache_write_1h_tokens") long cacheWrite1hTokens,
        long reasoningTokens,
        long inputAudioTokens,
        long outputAudioTokens,
        long inputImageTokens,
        long outputImageTokens,
        Map<String, Long> toolCalls,
        UsageRecorded.Status status,
        @Nullable String errorType,
        @Nullable String retryOf,
        @Nullable Long latencyMs,
        boolean cacheHit,
        long requests,
        boolean aggregated,

        @JsonSerialize(using = PlainNumber.class) @Schema(implementation = Double.class) @Nullable
        BigDecimal units,

        @Nullable String unitName,

        @Schema(description = "calculated, reported or unpriced")
        Cost.Source costSource,

        @Nullable Money totalCost,
        Money inputCost,
        Money outputCost,
        Money cacheReadCost,
        Money cacheWriteCost,
        Money otherCost,
        Money cacheSavings,
        @Nullable String priceId,
        @Nullable Money reportedCost,
        @Nullable Money estimatedCost,

        @Schema(description = "Under $0.01 green, to $0.10 yellow, above red; null without a cost") @Nullable
        String costClass,

        @Schema(description = "What it was thought to cost when it came in, where a later price corrected it") @Nullable
        Money recordedCost,

        @Schema(description = "The input format: api, otlp, cloudevents, litellm, langfuse, …")
        String source,

        @Schema(description = "Whether the source counts cached tokens inside its input tokens or beside them")
        UsageRecorded.@Nullable Convention convention,

        @Schema(description = "The source's usage block as it came, numbers only", type = SchemaType.OBJECT) @Nullable
        JsonNode rawUsage,

        @Schema(description = "The source told of more tokens of a kind than of the whole they are in")
        boolean negativeRemainder) {

    /**
     * @param user whose name is known
     * @param cost as last corrected
     */
    static UsageCall of(UsageRecorded usage, @Nullable String user, Cost cost) {
        var tokens = usage.tokens();
        var outcome = usage.outcome();
        var attribution = usage.attribution();
        return new UsageCall(
                usage.recordId(),
                usage.timestamp(),
                usage.model().provider(),
                usage.model().name(),
                usage.model().serviceTier(),
                usage.model().region(),
                attribution.operation(),
                user,
                attribution.project(),
                attribution.experiment(),
                attribution.session(),
                attribution.run(),
                attribution.tags(),
                tokens.input(),
                tokens.output(),
                tokens.cacheRead(),
                tokens.cacheWrite(),
                tokens.cacheWrite1h(),
                tokens.reasoning(),
                tokens.inputAudio(),
                tokens.outputAudio(),
                tokens.inputImage(),
                tokens.outputImage(),
                outcome.toolCalls(),
                outcome.status(),
                outcome.errorType(),
                outcome.retryOf(),
                outcome.latencyMs(),
                outcome.cacheHit(),
                usage.quantity().requests(),
                usage.quantity().aggregated(),
                usage.quantity().units(),
                usage.quantity().unitName(),
                cost.source(),
                cost.total(),
                cost.input(),
                cost.output(),
                cost.cacheRead(),
                cost.cacheWrite(),
                cost.other(),
                cost.cacheSavings(),
                cost.priceId(),
                usage.provenance().reportedCost(),
                usage.provenance().estimatedCost(),
                CostClass.of(cost.total()),
                cost.equals(usage.cost()) ? null : usage.cost().total(),
                usage.provenance().source(),
                usage.provenance().convention(),
                usage.provenance().rawUsage(),
                usage.provenance().negativeRemainder() != null);
    }
}
