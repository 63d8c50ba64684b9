package dev.centime.ingest.accept;

import dev.centime.contracts.Money;
import dev.centime.contracts.Tokens;
import dev.centime.contracts.UsageRecorded.Status;
import dev.centime.ingest.command.recordusage.Origin;
import dev.centime.ingest.command.recordusage.RecordUsage;
import dev.centime.ingest.command.recordusage.Submitted;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A call as another format tells of it, put together field by field; what is not said is as in a record of Centime's own. A null
 * says nothing.
 */
public final class ForeignCall {
    /** The most characters of what identifies: ids, models, users, sessions. */
    public static final int KEY_LENGTH = 200;
    /** The most characters of the name of a project, an operation, an experiment. */
    public static final int NAME_LENGTH = 128;

    private static final int MAX_TAGS = 32;
    private static final int TAG_LENGTH = 64;
    private static final int TAG_VALUE_LENGTH = 256;

    private final Map<String, String> tags = new HashMap<>();
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
    private Tokens tokens = Tokens.NONE;
    private Origin origin = Origin.OWN;
    private Map<String, Long> toolCalls = Map.of();
    private @Nullable Long latencyMs;
    private Status status = Status.OK;
    private @Nullable String errorType;
    private @Nullable String serviceTier;
    private @Nullable String region;
    private boolean cacheHit;
    private long requests = 1;
    private boolean aggregated;
    private @Nullable BigDecimal units;
    private @Nullable String unitName;
    private @Nullable Money reportedCost;

    public ForeignCall id(@Nullable String value) {
        id = value;
        return this;
    }

    public ForeignCall timestamp(@Nullable Instant value) {
        timestamp = value;
        return this;
    }

    public ForeignCall provider(@Nullable String value) {
        provider = value;
        return this;
    }

    public ForeignCall model(@Nullable String value) {
        model = value;
        return this;
    }

    public ForeignCall operation(@Nullable String value) {
        operation = value;
        return this;
    }

    public ForeignCall user(@Nullable String value) {
        user = value;
        return this;
    }

    public ForeignCall project(@Nullable String value) {
        project = value;
        return this;
    }

    public ForeignCall experiment(@Nullable String value) {
        experiment = value;
        return this;
    }

    public ForeignCall session(@Nullable String value) {
        session = value;
        return this;
    }

    public ForeignCall run(@Nullable String value) {
        run = value;
        return this;
    }

    /** The tokens with all that their block says besides. */
    public ForeignCall usage(UsageBlock usage) {
        tokens = usage.tokens();
        origin = usage.origin();
        toolCalls = usage.toolCalls();
        region = region == null ? usage.region() : region;
        return serviceTier(usage.serviceTier());
    }

    /** Tokens that no block tells of. */
    public ForeignCall counted(Tokens value) {
        tokens = value;
        return this;
    }

    /** Milliseconds between two moments; nothing when one is unknown, they are the wrong way round, or no call lasts so long. */
    public ForeignCall latency(@Nullable Instant start, @Nullable Instant end) {
        if (start != null && end != null && !end.isBefore(start)) {
            var between = end.toEpochMilli() - start.toEpochMilli();
            latencyMs = between <= RecordParser.MAX_LATENCY_MS ? between : null;
        }
        return this;
    }

    /** @param errorType what went wrong, null when it is not known */
    public ForeignCall failed(@Nullable String type) {
        status = Status.ERROR;
        errorType = type;
        return this;
    }

    /** One of standard, batch, priority and flex. */
    public ForeignCall serviceTier(@Nullable String value) {
        serviceTier = value == null ? serviceTier : value;
        return this;
    }

    public ForeignCall region(@Nullable String value) {
        region = value == null ? region : value;
        return this;
    }

    /** Answered by a response cache, so it cost nothing. */
    public ForeignCall cacheHit(boolean value) {
        cacheHit = value;
        return this;
    }

    /** A bucket of a report, of so many calls. */
    public ForeignCall bucketOf(long calls) {
        requests = Math.max(1, calls);
        aggregated = true;
        return this;
    }

    public ForeignCall units(@Nullable BigDecimal count, @Nullable String name) {
        units = count;
        unitName = name;
        return this;
    }

    public ForeignCall reportedCost(@Nullable Money value) {
        reportedCost = value;
        return this;
    }

    /** A further dimension; made to fit, and left out when there are 32 already. */
    public ForeignCall tag(@Nullable String name, @Nullable String value) {
        var key = name == null ? null : Labels.of(name, TAG_LENGTH);
        var text = value == null ? null : Labels.of(value, TAG_VALUE_LENGTH);
        if (key != null && text != null && (tags.size() < MAX_TAGS || tags.containsKey(key))) {
            tags.put(key, text);
        }
        return this;
    }

    /** A tag from a list of words: {@code name:value} or {@code name=value}, else the word itself is {@code true}. */
    public ForeignCall word(String word) {
        var colon = word.indexOf(':');
        var at = colon < 0 ? word.indexOf('=') : colon;
        return at > 0 && at < word.length() - 1
                ? tag(word.substring(0, at), word.substring(at + 1))
                : tag(word, "true");
    }

    /** The record, or what is wrong with it. @param payload what it was read from, with the errors found */
    public Submitted submitted(int index, Payload payload) {
        if (payload.errors().isEmpty() && tokens.total() > Fields.MAX_TOKENS) {
            // Each count is within its bound; together they may be more than a record may have.
            payload.error("usage", "must have at most " + Fields.MAX_TOKENS + " tokens in all");
        }
        if (payload.errors().isEmpty() && requests > RecordParser.MAX_REQUESTS) {
            payload.error("requests", "must be at most " + RecordParser.MAX_REQUESTS);
        }
        return payload.errors().isEmpty()
                ? Submitted.of(index, command(), origin)
                : Submitted.refused(index, id, payload.errors());
    }

    /** @throws NullPointerException without a model: that is for the format to say under the name it has there */
    private RecordUsage command() {
        return new RecordUsage(
                id,
                timestamp,
                provider,
                Objects.requireNonNull(model),
                operation,
                user,
                project,
                experiment,
                session,
                run,
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
                toolCalls,
                latencyMs,
                status,
                errorType,
                null,
                serviceTier,
                region,
                cacheHit,
                requests,
                aggregated,
                units,
                unitName,
                null,
                List.of(),
                null,
                null,
                null,
                reportedCost,
                Map.copyOf(tags));
    }
}
