package dev.centime.benchmarks.costs;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.SplittableRandom;
import java.util.UUID;

/**
 * So many calls of one organization over ninety days, with all that a question can ask about: 200 people with sessions, runs and projects of their
 * own, tags, tasks of which some are done again, failures and what retried them, and one model in fifty whose price is not known yet.
 * A call follows from its number alone.
 */
final class VariedCalls {
    static final int DAYS = 90;

    /** What there is no price for when its calls are recorded. */
    static final String LATE_MODEL = "bench-late-model";

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int AT_ONCE = 16;
    private static final int CALLS_A_SESSION = 20;
    private static final List<String> MODELS = List.of(
            "claude-haiku-4-5",
            "claude-sonnet-4-5",
            "claude-opus-4-5",
            "gpt-4.1",
            "gpt-4.1-mini",
            "claude-sonnet-4",
            "gpt-4-turbo",
            "claude-opus-4-1");
    private static final List<String> OPERATIONS = List.of("chat", "summary", "extraction", "embedding", "review");
    private static final List<String> COMPLEXITIES = List.of("low", "medium", "high");

    private final int size;
    private final Instant begin;

    /** @param until when the last call is made */
    VariedCalls(int size, Instant until) {
        this.size = size;
        this.begin = until.minus(Duration.ofDays(DAYS));
    }

    /** The calls of some numbers, as {@code POST /usage} takes them. */
    String body(int from, int until) {
        var calls = JSON.createArrayNode();
        for (int i = from; i < Math.min(until, size); i++) {
            calls.add(call(i));
        }
        return calls.toString();
    }

    private ObjectNode call(int i) {
        var random = new SplittableRandom(i);
        // Sixteen sessions at a time, a call of each in turn.
        int session = i / (AT_ONCE * CALLS_A_SESSION) * AT_ONCE + i % AT_ONCE;
        var model = random.nextInt(50) == 0 ? LATE_MODEL : MODELS.get(random.nextInt(MODELS.size()));
        var call = JSON.createObjectNode()
                .put("id", id(i))
                .put("timestamp", at(i).toString())
                .put("provider", model.startsWith("gpt") ? "openai" : "anthropic")
                .put("model", model)
                .put("operation", OPERATIONS.get(random.nextInt(OPERATIONS.size())))
                .put("user", "user-" + session % 200)
                .put("project", "project-" + session % 20)
                .put("experiment", session % 7 == 0 ? "experiment-" + session % 10 : null)
                .put("session", session % 10 == 0 ? null : "session-" + session)
                .put("run", "run-" + session / 5)
                .put("input_tokens", tokens(random, 900))
                .put("output_tokens", tokens(random, 300))
                .put("cache_read_tokens", i % 3 == 0 ? tokens(random, 4_000) : 0)
                .put("latency_ms", 300 + random.nextInt(9_000))
                .put("units", 1 + random.nextInt(3))
                .put("status", failed(i) ? "error" : "ok");
        if (retries(i)) {
            call.put("retry_of", id(i - AT_ONCE));
        }
        if (i % 3 == 1) {
            call.put("prompt_fingerprint", String.format("%032x", random.nextInt(size)));
        }
        tags(i, random, session, call.putObject("tags"));
        return call;
    }

    private void tags(int i, SplittableRandom random, int session, ObjectNode tags) {
        tags.put("team", "team-" + session % 8)
                .put("feature", "feature-" + random.nextInt(40))
                .put("phase", "phase-" + (long) i * 6 / size)
                .put("milestone", 25 * (1 + session % 4) + "%");
        if (i % 4 != 0) {
            tags.put("complexity", COMPLEXITIES.get(random.nextInt(COMPLEXITIES.size())));
        }
        if (i % 3 == 0) {
            tags.put("task", "task-" + random.nextInt(size));
        }
    }

    /** Spread by factors, as lengths are, and far longer once in a hundred. */
    private static long tokens(SplittableRandom random, int usual) {
        return (long) (usual * Math.exp(0.7 * random.nextGaussian()) * (random.nextInt(100) == 0 ? 30 : 1)) + 1;
    }

    private static boolean failed(int i) {
        return i % 25 == 7;
    }

    private static boolean retries(int i) {
        return i % 2 == 0 && i >= AT_ONCE && failed(i - AT_ONCE);
    }

    private Instant at(int i) {
        return begin.plusMillis(
                (long) ((double) i / size * Duration.ofDays(DAYS).toMillis()));
    }

    /** In the order of time, as gateways and client libraries make them. */
    private String id(int i) {
        return new UUID(at(i).toEpochMilli() << 16 | 0x7000, i | 1L << 63).toString();
    }
}
