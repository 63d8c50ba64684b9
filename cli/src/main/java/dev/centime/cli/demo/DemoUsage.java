package dev.centime.cli.demo;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.centime.cli.demo.Workload.Caching;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * The traces as usage records of the last sixty days. All but the days is a function of the traces: ids are the same at every
 * load, so that a second load adds nothing.
 */
final class DemoUsage {
    static final int DAYS = 60;

    private static final List<String> ERRORS = List.of("timeout", "overloaded", "rate_limit");
    private static final double FAILED_FIRST = 0.02;
    /** How much of a call's place in time is its rank in the trace; the rest is the trace's own bunching. */
    private static final double EVENNESS = 0.6;

    private DemoUsage() {}

    /** All records, the oldest first. */
    static List<ObjectNode> records(Instant now) {
        var rhythm = new Rhythm(now, DAYS);
        var records = new ArrayList<ObjectNode>();
        add(records, "azure", Traces.azureCode(), Workload.OF_AZURE, rhythm);
        add(records, "mooncake", Traces.mooncake(), Workload.OF_MOONCAKE, rhythm);
        records.sort(Comparator.comparing(
                record -> Instant.parse(record.get("timestamp").textValue())));
        return records;
    }

    private static void add(
            List<ObjectNode> records, String trace, List<Call> calls, List<Workload> workloads, Rhythm rhythm) {
        var lastMs = (double) calls.getLast().atMs();
        for (var call : calls) {
            var share = EVENNESS * call.number() / calls.size() + (1 - EVENNESS) * call.atMs() / lastMs;
            var at = rhythm.at(share);
            var draw = new Draw(31L * call.number() + trace.hashCode());
            var workload = Workload.of(workloads, draw.share());
            var id = "demo-%s-%05d".formatted(trace, call.number());
            var record = record(id, at, call, workload, draw);
            if (draw.share() < FAILED_FIRST) {
                var failed = failedAttempt(record, id + "-failed", at, draw);
                records.add(failed);
                record.put("retry_of", id + "-failed");
            }
            records.add(record);
        }
    }

    private static ObjectNode record(String id, Instant at, Call call, Workload workload, Draw draw) {
        var user = draw.early(Workload.USERS);
        var record = JsonNodeFactory.instance.objectNode();
        record.put("id", id).put("timestamp", at.toString());
        record.put("provider", workload.provider()).put("model", workload.model());
        record.put("operation", workload.operation()).put("project", workload.project());
        record.put("user", user);
        record.put("session", session(user, workload, at));
        tokens(record, call, workload.caches());
        record.put("latency_ms", latencyMs(call, draw));
        record.put("status", "ok").put("units", 1).put("unit_name", workload.unit());
        record.putObject("tags").put("team", call.number() % 3 == 0 ? "platform" : "product");
        return record;
    }

    private static void tokens(ObjectNode record, Call call, Caching caching) {
        var read = caching == Caching.NONE ? 0 : call.cachedTokens();
        var fresh = call.inputTokens() - read;
        var written = caching == Caching.READS_AND_WRITES ? fresh : 0;
        record.put("input_tokens", fresh - written);
        record.put("cache_read_tokens", read).put("cache_write_tokens", written);
        record.put("output_tokens", call.outputTokens());
    }

    /** The try before: it read the prompt and answered nothing, or was turned away at the door. */
    private static ObjectNode failedAttempt(ObjectNode record, String id, Instant at, Draw draw) {
        var failed = record.deepCopy();
        var error = draw.any(ERRORS);
        failed.put("id", id).put("timestamp", at.minus(Duration.ofSeconds(4)).toString());
        failed.put("status", "error")
                .put("error_type", error)
                .put("output_tokens", 0)
                .put("units", 0);
        if (!error.equals("timeout")) {
            failed.put("input_tokens", 0).put("cache_read_tokens", 0).put("cache_write_tokens", 0);
        }
        return failed;
    }

    private static String session(String user, Workload workload, Instant at) {
        var day = at.atOffset(ZoneOffset.UTC).toLocalDate();
        return user.substring(0, user.indexOf('@')) + "-" + workload.project() + "-" + day;
    }

    /** Time to the first token grows with what must be read, the rest with what is written. */
    private static long latencyMs(Call call, Draw draw) {
        var fresh = call.inputTokens() - call.cachedTokens();
        return (long) ((180 + fresh / 12.0 + call.outputTokens() * 14.0) * (0.7 + 0.6 * draw.share()));
    }
}
