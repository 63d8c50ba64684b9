package dev.centime.benchmarks.usage;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;

/**
 * A body of records, made once and sent often: before each time its ids and timestamps are written over, so that the load costs the
 * machine little. Ids are time-ordered (UUIDv7), as gateways and client libraries make them.
 */
final class UsageBody {
    private static final DateTimeFormatter MILLIS =
            DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);
    private static final String ID = "00000000-0000-7000-8000-000000000000";
    private static final String AT = "2026-01-01T00:00:00.000Z";
    private static final List<String> MODELS =
            List.of("gpt-4.1", "gpt-4.1-mini", "claude-opus-4-5", "claude-haiku-4-5", "claude-sonnet-4-5");

    private final byte[] template;
    private final List<Integer> ids = new ArrayList<>();
    private final List<Integer> times = new ArrayList<>();
    private final Random random;

    /** @param seed bodies of different seeds are about other users and sessions */
    UsageBody(int records, long seed) {
        this.random = new Random(seed);
        var text = new StringBuilder(records == 1 ? "" : "[");
        for (int n = 0; n < records; n++) {
            text.append(n == 0 ? "" : ",").append("{\"id\":\"");
            ids.add(text.length());
            text.append(ID).append("\",\"timestamp\":\"");
            times.add(text.length());
            text.append(AT).append("\",").append(content());
        }
        this.template = text.append(records == 1 ? "" : "]").toString().getBytes(StandardCharsets.US_ASCII);
    }

    /** 200 users in 5 projects, each with 40 sessions that stay with their model; every third call has a cache read. */
    private String content() {
        int user = random.nextInt(200);
        int session = random.nextInt(40);
        var model = MODELS.get((user + session) % MODELS.size());
        return "\"provider\":\"%s\",\"model\":\"%s\",\"operation\":\"chat\",\"user\":\"user-%d\",\"project\":\"project-%d\",\"session\":\"s-%d-%d\",\"input_tokens\":%d,\"output_tokens\":%d,\"cache_read_tokens\":%d,\"latency_ms\":%d}"
                .formatted(
                        model.startsWith("gpt") ? "openai" : "anthropic",
                        model,
                        user,
                        user % 5,
                        user,
                        session,
                        200 + random.nextInt(4_000),
                        20 + random.nextInt(900),
                        random.nextInt(3) == 0 ? 1_000 + random.nextInt(20_000) : 0,
                        300 + random.nextInt(9_000));
    }

    /** The body, about calls that nobody has told of before. */
    byte[] next() {
        var body = template.clone();
        var now = Instant.now();
        var at = MILLIS.format(now).getBytes(StandardCharsets.US_ASCII);
        for (int n = 0; n < ids.size(); n++) {
            long high = now.toEpochMilli() << 16 | 0x7000 | random.nextInt(1 << 12);
            var id = new UUID(high, random.nextLong() & Long.MAX_VALUE >>> 1 | 1L << 63).toString();
            System.arraycopy(id.getBytes(StandardCharsets.US_ASCII), 0, body, ids.get(n), ID.length());
            System.arraycopy(at, 0, body, times.get(n), AT.length());
        }
        return body;
    }
}
