package dev.centime.ingest.accept.file;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.centime.ingest.accept.Labels;
import dev.centime.ingest.accept.OpenAiUsage;
import dev.centime.ingest.accept.Payload;
import dev.centime.kit.Problem.FieldError;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Which field of a record each column holds, by a mapping or by the names that such columns usually have. */
final class Columns {
    private static final JsonNodeFactory NODES = JsonNodeFactory.withExactBigDecimals(true);
    private static final String TAG = "tag.";

    private static final Set<String> NUMBERS = Set.of(
            "input_tokens",
            "output_tokens",
            "cache_read_tokens",
            "cache_write_tokens",
            "cache_write_1h_tokens",
            "reasoning_tokens",
            "input_audio_tokens",
            "output_audio_tokens",
            "input_image_tokens",
            "output_image_tokens",
            "latency_ms",
            "requests",
            "units",
            "estimated_cost",
            "reported_cost",
            "prompt_tokens",
            "cached_tokens");

    private static final Set<String> FLAGS = Set.of("cache_hit", "aggregated");

    private static final Set<String> TEXTS = Set.of(
            "id",
            "timestamp",
            "provider",
            "model",
            "operation",
            "user",
            "project",
            "experiment",
            "session",
            "run",
            "status",
            "error_type",
            "retry_of",
            "service_tier",
            "region",
            "unit_name",
            "prompt_fingerprint",
            "estimate_id",
            "reservation_id");

    /** Other names for the fields; {@code prompt_tokens} and {@code cached_tokens} are read as OpenAI counts. */
    private static final Map<String, String> ALIASES = Map.ofEntries(
            Map.entry("request_id", "id"),
            Map.entry("call_id", "id"),
            Map.entry("record_id", "id"),
            Map.entry("date", "timestamp"),
            Map.entry("time", "timestamp"),
            Map.entry("datetime", "timestamp"),
            Map.entry("created_at", "timestamp"),
            Map.entry("model_name", "model"),
            Map.entry("vendor", "provider"),
            Map.entry("user_id", "user"),
            Map.entry("project_name", "project"),
            Map.entry("project_id", "project"),
            Map.entry("experiment_id", "experiment"),
            Map.entry("session_id", "session"),
            Map.entry("run_id", "run"),
            Map.entry("operation_type", "operation"),
            Map.entry("tokens_in", "input_tokens"),
            Map.entry("tokens_out", "output_tokens"),
            Map.entry("completion_tokens", "output_tokens"),
            Map.entry("cache_read_input_tokens", "cache_read_tokens"),
            Map.entry("cache_creation_input_tokens", "cache_write_tokens"),
            Map.entry("latency", "latency_ms"),
            Map.entry("duration_ms", "latency_ms"),
            Map.entry("num_requests", "requests"),
            Map.entry("cost", "reported_cost"),
            Map.entry("cost_usd", "reported_cost"),
            Map.entry("total_cost", "reported_cost"),
            Map.entry("spend", "reported_cost"),
            Map.entry("amount", "reported_cost"));

    private static final Pattern DATE = Pattern.compile("\\d{4}-\\d{2}-\\d{2}");
    private static final int MAX_COLUMN_LENGTH = 100;
    private static final Set<String> AMOUNTS = Set.of("units", "estimated_cost", "reported_cost");

    private final List<String> heading;
    private final List<@Nullable String> fields;
    private final boolean decimalComma;

    private Columns(List<String> heading, List<@Nullable String> fields, boolean decimalComma) {
        this.heading = heading;
        this.fields = fields;
        this.decimalComma = decimalComma;
    }

    /**
     * @param mapping fields by column; a column named here is what it says, whatever its name says
     * @param decimalComma whether decimals usually stand after a comma: where fields stand apart by something else
     */
    static Columns of(List<String> heading, Map<String, String> mapping, boolean decimalComma) {
        return new Columns(
                heading, heading.stream().map(name -> field(name, mapping)).toList(), decimalComma);
    }

    /** Whether records have such a field, so that a mapping may name it. */
    static boolean isField(String name) {
        return NUMBERS.contains(name)
                || TEXTS.contains(name)
                || FLAGS.contains(name)
                || name.startsWith(TAG) && name.length() > TAG.length();
    }

    /** The empty text for a column that no field is made of. */
    private static String field(String heading, Map<String, String> mapping) {
        var mapped = mapping.get(heading);
        if (mapped != null) {
            return mapped;
        }
        var name =
                heading.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9.]+", "_").replaceAll("^_|_$", "");
        var field = heading.startsWith(TAG) ? heading : ALIASES.getOrDefault(name, name);
        return isField(field) && !mapping.containsValue(field) ? field : "";
    }

    /** @param faults gets those of cells that no record can say, by column */
    JsonNode record(List<String> values, List<FieldError> faults) {
        var record = NODES.objectNode();
        var tags = NODES.objectNode();
        for (var i = 0; i < values.size(); i++) {
            var field = fields.get(i);
            var value = values.get(i).strip();
            if (value.isEmpty() || field == null || field.isEmpty()) {
                continue;
            }
            if (field.startsWith(TAG)) {
                tags.put(field.substring(TAG.length()), value);
            } else if (NUMBERS.contains(field)) {
                record.set(field, number(heading.get(i), field, value, faults));
            } else if (FLAGS.contains(field)) {
                record.set(field, flag(value));
            } else {
                record.put(field, field.equals("timestamp") ? moment(value) : value);
            }
        }
        if (!tags.isEmpty()) {
            record.set("tags", tags);
        }
        return disjoint(record);
    }

    /** A column of prompt tokens holds the cached ones too. */
    private static ObjectNode disjoint(ObjectNode record) {
        var prompt = record.remove("prompt_tokens");
        var cached = record.remove("cached_tokens");
        if (prompt == null || !prompt.isNumber()) {
            return record;
        }
        var block = NODES.objectNode();
        block.set("prompt_tokens", prompt);
        if (cached != null) {
            block.putObject("prompt_tokens_details").set("cached_tokens", cached);
        }
        var payload = Payload.of(block, Instant.EPOCH);
        var tokens = OpenAiUsage.read(payload).tokens();
        if (payload.errors().isEmpty()) {
            record.put("input_tokens", tokens.input()).put("cache_read_tokens", tokens.cacheRead());
        } else {
            // Said by whoever checks the field.
            record.set("input_tokens", prompt);
        }
        return record;
    }

    private JsonNode number(String column, String field, String written, List<FieldError> faults) {
        var value = written.startsWith("$") ? written.substring(1).strip() : written;
        var readings = WrittenNumber.readings(value, decimalComma, !AMOUNTS.contains(field));
        if (readings.size() > 1) {
            var reason = "may be " + readings.getFirst() + " or " + readings.getLast()
                    + ": it must have no sign between thousands, or decimals after them";
            var name = Labels.of(column, MAX_COLUMN_LENGTH);
            faults.add(new FieldError(name == null ? field : name, reason));
        }
        // What is no number is said by whoever checks the field.
        return readings.isEmpty() ? NODES.textNode(written) : NODES.numberNode(readings.getFirst());
    }

    private static JsonNode flag(String value) {
        return switch (value.toLowerCase(Locale.ROOT)) {
            case "true", "1", "yes" -> NODES.booleanNode(true);
            case "false", "0", "no" -> NODES.booleanNode(false);
            default -> NODES.textNode(value);
        };
    }

    /** A date without a time is noon of that day, a time without an offset is UTC. */
    private static String moment(String value) {
        if (DATE.matcher(value).matches()) {
            return value + "T12:00:00Z";
        }
        var iso = value.replace(' ', 'T');
        var time = iso.indexOf('T');
        return time > 0 && !iso.endsWith("Z") && iso.indexOf('+', time) < 0 && iso.indexOf('-', time) < 0
                ? iso + "Z"
                : iso;
    }
}
