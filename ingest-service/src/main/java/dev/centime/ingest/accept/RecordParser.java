package dev.centime.ingest.accept;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.centime.contracts.Money;
import dev.centime.contracts.UsageRecorded.Status;
import dev.centime.ingest.command.recordusage.RecordUsage;
import dev.centime.ingest.command.recordusage.Submitted;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One record, token by token: no tree is built, and what is not known is passed over. */
public final class RecordParser {
    static final List<String> TIERS = List.of("standard", "batch", "priority", "flex", "fast");
    private static final List<String> STATUSES = List.of("ok", "error");
    static final long MAX_REQUESTS = 1_000_000_000L;
    static final long MAX_LATENCY_MS = 10_000_000_000L;
    static final int PROVIDER_LENGTH = 64;
    static final int KEY_LENGTH = ForeignCall.KEY_LENGTH;
    static final int NAME_LENGTH = ForeignCall.NAME_LENGTH;

    private final JsonParser json;
    private final Fields fields;

    private @Nullable String id;
    private @Nullable Instant timestamp;
    private @Nullable String provider;
    private @Nullable String model;
    private @Nullable String operation;
    private @Nullable String user;
    private @Nullable String project;
    private @Nullable String experiment;
    private @Nullable String session;
    private @Nullable String run;
    private boolean tokensSaid;
    private long inputTokens;
    private long outputTokens;
    private long cacheReadTokens;
    private long cacheWriteTokens;
    private long cacheWrite1hTokens;
    private long reasoningTokens;
    private long inputAudioTokens;
    private long outputAudioTokens;
    private long inputImageTokens;
    private long outputImageTokens;
    private Map<String, Long> toolCalls = Map.of();
    private @Nullable Long latencyMs;
    private @Nullable String status;
    private @Nullable String errorType;
    private @Nullable String retryOf;
    private @Nullable String serviceTier;
    private @Nullable String region;
    private @Nullable Boolean cacheHit;
    private @Nullable Long requests;
    private @Nullable Boolean aggregated;
    private @Nullable BigDecimal units;
    private @Nullable String unitName;
    private @Nullable String promptFingerprint;
    private List<String> prefixFingerprints = List.of();
    private @Nullable String estimateId;
    private @Nullable Money estimatedCost;
    private @Nullable String reservationId;
    private @Nullable Money reportedCost;
    private Map<String, String> tags = Map.of();

    private RecordParser(JsonParser json, Instant now) {
        this.json = json;
        this.fields = new Fields(json, now);
    }

    /** The record that the parser stands at; afterwards it stands at its end. @throws IOException on broken JSON */
    public static Submitted parse(JsonParser json, int index, Instant now) throws IOException {
        if (json.currentToken() != JsonToken.START_OBJECT) {
            json.skipChildren();
            return Submitted.refused(index, "record", "must be an object");
        }
        var parser = new RecordParser(json, now);
        while (json.nextToken() != JsonToken.END_OBJECT) {
            var name = json.currentName();
            json.nextToken();
            parser.read(name);
        }
        parser.checkTogether();
        return parser.fields.errors().isEmpty()
                ? Submitted.of(index, parser.command())
                : Submitted.refused(index, parser.id, parser.fields.errors());
    }

    private void read(String name) throws IOException {
        switch (name) {
            case "id" -> id = fields.text(name, KEY_LENGTH);
            case "timestamp" -> timestamp = fields.instant(name);
            case "provider" -> provider = fields.text(name, PROVIDER_LENGTH);
            case "model" -> model = fields.text(name, KEY_LENGTH);
            case "operation" -> operation = fields.text(name, NAME_LENGTH);
            case "user" -> user = fields.text(name, KEY_LENGTH);
            case "project" -> project = fields.text(name, NAME_LENGTH);
            case "experiment" -> experiment = fields.text(name, NAME_LENGTH);
            case "session" -> session = fields.text(name, KEY_LENGTH);
            case "run" -> run = fields.text(name, KEY_LENGTH);
            case "input_tokens" -> inputTokens = tokens(name);
            case "output_tokens" -> outputTokens = tokens(name);
            case "cache_read_tokens" -> cacheReadTokens = tokens(name);
            case "cache_write_tokens" -> cacheWriteTokens = tokens(name);
            case "cache_write_1h_tokens" -> cacheWrite1hTokens = tokens(name);
            case "reasoning_tokens" -> reasoningTokens = tokens(name);
            case "input_audio_tokens" -> inputAudioTokens = tokens(name);
            case "output_audio_tokens" -> outputAudioTokens = tokens(name);
            case "input_image_tokens" -> inputImageTokens = tokens(name);
            case "output_image_tokens" -> outputImageTokens = tokens(name);
            default -> readRest(name);
        }
    }

    private void readRest(String name) throws IOException {
        switch (name) {
            case "tool_calls" -> toolCalls = fields.counts(name, 50, NAME_LENGTH);
            case "latency_ms" -> latencyMs = fields.count(name, 0, MAX_LATENCY_MS);
            case "status" -> status = fields.word(name, STATUSES);
            case "error_type" -> errorType = fields.text(name, KEY_LENGTH);
            case "retry_of" -> retryOf = fields.text(name, KEY_LENGTH);
            case "service_tier" -> serviceTier = fields.word(name, TIERS);
            case "region" -> region = fields.text(name, PROVIDER_LENGTH);
            case "cache_hit" -> cacheHit = fields.flag(name);
            case "requests" -> requests = fields.count(name, 1, MAX_REQUESTS);
            case "aggregated" -> aggregated = fields.flag(name);
            case "units" -> units = fields.units(name);
            case "unit_name" -> unitName = fields.text(name, NAME_LENGTH);
            case "prompt_fingerprint" -> promptFingerprint = fields.text(name, NAME_LENGTH);
            case "prefix_fingerprints" -> prefixFingerprints = fields.list(name, 1000, NAME_LENGTH);
            case "estimate_id" -> estimateId = fields.text(name, KEY_LENGTH);
            case "estimated_cost" -> estimatedCost = fields.dollars(name);
            case "reservation_id" -> reservationId = fields.text(name, KEY_LENGTH);
            case "reported_cost" -> reportedCost = fields.dollars(name);
            case "tags" -> tags = fields.tags(name);
            default -> json.skipChildren();
        }
    }

    private long tokens(String name) throws IOException {
        var count = fields.count(name, 0, Fields.MAX_TOKENS);
        tokensSaid |= count != null;
        return count == null ? 0 : count;
    }

    /** What only several fields together can break. Said only when each by itself is right. */
    private void checkTogether() {
        if (!fields.errors().isEmpty()) {
            return;
        }
        if (model == null) {
            fields.error("model", "is required");
        }
        if (!tokensSaid && reportedCost == null) {
            fields.error("input_tokens", "is required: a token count or a reported_cost must be given");
        }
        if (reasoningTokens > outputTokens) {
            fields.error("reasoning_tokens", "must not be more than output_tokens, which include them");
        }
        if (requests != null && requests > 1 && Boolean.FALSE.equals(aggregated)) {
            fields.error("aggregated", "must be true when requests is more than 1");
        }
    }

    private RecordUsage command() {
        var count = requests == null ? 1 : requests;
        return new RecordUsage(
                id,
                timestamp,
                provider,
                java.util.Objects.requireNonNull(model),
                operation,
                user,
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
                "error".equals(status) ? Status.ERROR : Status.OK,
                errorType,
                retryOf,
                serviceTier,
                region,
                Boolean.TRUE.equals(cacheHit),
                count,
                aggregated == null ? count > 1 : aggregated,
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
