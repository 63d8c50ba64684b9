package dev.centime.ingest.accept;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import dev.centime.ingest.command.estimatecost.EstimateCost;
import dev.centime.ingest.command.estimatecost.EstimateCost.ChargedTo;
import dev.centime.ingest.command.estimatecost.EstimateCost.Output;
import dev.centime.ingest.tokenizer.Prompt;
import dev.centime.kit.Problem;
import java.io.IOException;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A call to be estimated, token by token. What is wrong is said without a word of the text. */
public final class EstimateParser {
    private static final JsonFactory JSON = JsonFactory.builder()
            .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
            .build();

    private final JsonParser json;
    private final Fields fields;
    private final PromptParser prompt;

    private @Nullable String provider;
    private @Nullable String model;
    private @Nullable Long inputTokens;
    private @Nullable Long cachedTokens;
    private @Nullable Long expectedOutput;
    private @Nullable Long maxOutput;
    private @Nullable String serviceTier;
    private @Nullable String region;
    private @Nullable Instant timestamp;
    private @Nullable String user;
    private @Nullable String project;
    private @Nullable String experiment;
    private @Nullable String session;
    private @Nullable String run;
    private @Nullable String operation;
    private Map<String, String> tags = Map.of();
    private @Nullable Boolean store;

    private EstimateParser(JsonParser json, Instant now) {
        this.json = json;
        this.fields = new Fields(json, now);
        this.prompt = new PromptParser(json, fields);
    }

    /** @throws Problem 400 when the body is no JSON object, 422 naming every field that is wrong */
    public static EstimateCost parse(byte[] body, Instant now) {
        try (var json = JSON.createParser(body)) {
            if (json.nextToken() != JsonToken.START_OBJECT) {
                throw malformed("must be an object");
            }
            var parser = new EstimateParser(json, now);
            while (json.nextToken() != JsonToken.END_OBJECT) {
                var name = json.currentName();
                json.nextToken();
                parser.read(name);
            }
            if (json.nextToken() != null) {
                throw malformed("must be one object");
            }
            return parser.command();
        } catch (JacksonException e) {
            throw malformed("is broken or cut off");
        } catch (IOException e) {
            throw malformed("must be well-formed JSON in UTF-8");
        }
    }

    private void read(String name) throws IOException {
        switch (name) {
            case "text" -> prompt.text(name);
            case "system" -> prompt.system(name);
            case "messages" -> prompt.messages(name);
            case "provider" -> provider = fields.text(name, RecordParser.PROVIDER_LENGTH);
            case "model" -> model = fields.text(name, RecordParser.KEY_LENGTH);
            case "input_tokens" -> inputTokens = fields.count(name, 0, Fields.MAX_TOKENS);
            case "cached_tokens" -> cachedTokens = fields.count(name, 0, Fields.MAX_TOKENS);
            case "expected_output_tokens" -> expectedOutput = fields.count(name, 0, Fields.MAX_TOKENS);
            case "max_output_tokens" -> maxOutput = fields.count(name, 0, Fields.MAX_TOKENS);
            case "service_tier" -> serviceTier = fields.word(name, RecordParser.TIERS);
            case "region" -> region = fields.text(name, RecordParser.PROVIDER_LENGTH);
            case "timestamp" -> timestamp = fields.instant(name);
            case "tools" -> {
                fields.error(name, "are not counted: give their tokens as input_tokens");
                json.skipChildren();
            }
            default -> readAttribution(name);
        }
    }

    private void readAttribution(String name) throws IOException {
        switch (name) {
            case "user" -> user = fields.text(name, RecordParser.KEY_LENGTH);
            case "project" -> project = fields.text(name, RecordParser.NAME_LENGTH);
            case "experiment" -> experiment = fields.text(name, RecordParser.NAME_LENGTH);
            case "session" -> session = fields.text(name, RecordParser.KEY_LENGTH);
            case "run" -> run = fields.text(name, RecordParser.KEY_LENGTH);
            case "operation" -> operation = fields.text(name, RecordParser.NAME_LENGTH);
            case "tags" -> tags = fields.tags(name);
            case "store" -> store = fields.flag(name);
            default -> json.skipChildren();
        }
    }

    private EstimateCost command() {
        if (fields.errors().isEmpty()) {
            checkTogether();
        }
        if (!fields.errors().isEmpty()) {
            throw Problem.unprocessable(fields.errors());
        }
        return new EstimateCost(
                prompt.whole(),
                provider,
                Objects.requireNonNull(model),
                inputTokens == null ? 0 : inputTokens,
                cachedTokens == null ? 0 : cachedTokens,
                Output.of(expectedOutput, maxOutput),
                serviceTier,
                region,
                timestamp,
                new ChargedTo(user, project, experiment, session, run, operation, tags),
                !Boolean.FALSE.equals(store));
    }

    private void checkTogether() {
        if (model == null) {
            fields.error("model", "is required");
        }
        if (prompt.textAndMessages()) {
            fields.error("messages", "must not stand beside text: give one of them");
        }
        if (prompt.whole().equals(Prompt.NONE) && inputTokens == null) {
            fields.error("text", "is required, or messages, or input_tokens");
        }
    }

    private static Problem malformed(String reason) {
        return Problem.of(400, "malformed-json", "The body is not JSON", "the body " + reason)
                .field("body", reason);
    }
}
