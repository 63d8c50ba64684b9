package dev.centime.system;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/**
 * A client that does what it should: it sends batches with ids of its own, and sends a batch again until it is acknowledged.
 * What it sent is a function of a record's number, so that anyone can recount it.
 */
final class Load {
    static final int BATCH = 500;
    private static final Duration PATIENCE = Duration.ofMinutes(4);
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final List<String> MODELS =
            List.of("gpt-4.1", "gpt-4.1-mini", "claude-opus-4-5", "claude-haiku-4-5", "gemini-2.5-flash");
    private static final Map<String, String> PROVIDERS = Map.of(
            "gpt-4.1", "openai",
            "gpt-4.1-mini", "openai",
            "claude-opus-4-5", "anthropic",
            "claude-haiku-4-5", "anthropic",
            "gemini-2.5-flash", "gemini");

    private final Api api;
    private final int records;
    private final Instant from = Instant.now().minus(Duration.ofDays(3));
    private final AtomicInteger acknowledged = new AtomicInteger();
    private final AtomicInteger retries = new AtomicInteger();
    private final AtomicLong acceptedTwice = new AtomicLong();
    private final AtomicInteger underWay = new AtomicInteger();
    private final Map<String, Integer> accepted = new ConcurrentHashMap<>();
    private int allowed;

    Load(Api api, int records) {
        this.api = api;
        this.records = records;
    }

    int records() {
        return records;
    }

    int acknowledged() {
        return acknowledged.get();
    }

    int retries() {
        return retries.get();
    }

    /** Batches that were sent and have no answer yet. */
    int underWay() {
        return underWay.get();
    }

    /** Lets the load go on up to so many records, so that it is not over before all that should happen to it has. */
    synchronized void allow(int upTo) {
        allowed = Math.max(allowed, upTo);
        notifyAll();
    }

    private synchronized void awaitAllowed(int batch) throws InterruptedException {
        while (batch * BATCH >= allowed) {
            wait();
        }
    }

    /** How many records were answered as newly accepted in two acknowledged answers. */
    long acceptedTwice() {
        return acceptedTwice.get();
    }

    /** Sends everything from that many connections; returns when the last batch is acknowledged. */
    void send(int connections) throws Exception {
        try (var senders = Executors.newFixedThreadPool(connections)) {
            var batches = IntStream.range(0, records / BATCH)
                    .mapToObj(batch -> senders.submit(() -> {
                        sendUntilAcknowledged(batch);
                        return batch;
                    }))
                    .toList();
            for (var batch : batches) {
                batch.get();
            }
        }
    }

    private void sendUntilAcknowledged(int batch) throws InterruptedException {
        awaitAllowed(batch);
        var body = batch(batch).toString().getBytes(StandardCharsets.UTF_8);
        var deadline = System.nanoTime() + PATIENCE.toNanos();
        while (true) {
            try {
                underWay.incrementAndGet();
                var answer = api.trySend("POST", "/api/v1/usage", body, Map.of("Content-Type", "application/json"));
                if (answer.status() == 200) {
                    acknowledge(answer.json());
                    return;
                }
                if (answer.status() != 503) {
                    throw new AssertionError("batch " + batch + ": " + answer.status() + " " + answer.body());
                }
            } catch (IOException e) {
                // No answer: the batch may be in or not, which is what ids are for.
            } finally {
                underWay.decrementAndGet();
            }
            if (System.nanoTime() > deadline) {
                throw new AssertionError("batch " + batch + " was not acknowledged within " + PATIENCE);
            }
            retries.incrementAndGet();
            Thread.sleep(100); // a client's back-off, not a wait for a condition
        }
    }

    private void acknowledge(JsonNode answer) {
        var rejected = answer.path("rejected");
        if (!rejected.isEmpty()) {
            throw new AssertionError("rejected: " + rejected.get(0));
        }
        for (var record : answer.path("records")) {
            if (record.path("result").asText().equals("accepted")
                    && accepted.merge(record.path("id").asText(), 1, Integer::sum) > 1) {
                acceptedTwice.incrementAndGet();
            }
        }
        acknowledged.addAndGet(answer.path("records").size());
    }

    private ArrayNode batch(int batch) {
        var all = JSON.createArrayNode();
        for (var number = batch * BATCH; number < (batch + 1) * BATCH; number++) {
            all.add(record(number));
        }
        return all;
    }

    private ObjectNode record(int number) {
        var model = model(number);
        var record = JSON.createObjectNode();
        record.put("id", id(number)).put("timestamp", at(number).toString());
        record.put("provider", PROVIDERS.get(model)).put("model", model);
        record.put("project", "load").put("user", "user-" + number % 7).put("operation", "op-" + number % 3);
        record.put("input_tokens", inputTokens(number)).put("output_tokens", outputTokens(number));
        return record;
    }

    static String id(int number) {
        return "load-" + number;
    }

    private static String model(int number) {
        return MODELS.get(number % MODELS.size());
    }

    private static long inputTokens(int number) {
        return 100 + number % 997;
    }

    private static long outputTokens(int number) {
        return 10 + number % 101;
    }

    /** What the load cost, by model, reckoned from list prices. */
    Map<String, BigDecimal> costByModel() {
        return sums(Load::model, Load::cost);
    }

    /** By day in UTC. */
    Map<String, BigDecimal> costByDay() {
        return sums(number -> at(number).toString().substring(0, 10), Load::cost);
    }

    Map<String, BigDecimal> tokensByModel() {
        return sums(Load::model, number -> BigDecimal.valueOf(inputTokens(number) + outputTokens(number)));
    }

    Map<String, BigDecimal> requestsByModel() {
        return sums(Load::model, number -> BigDecimal.ONE);
    }

    BigDecimal requests() {
        return BigDecimal.valueOf(records);
    }

    long requestsOfUser(int user) {
        return IntStream.range(0, records).filter(number -> number % 7 == user).count();
    }

    BigDecimal cost() {
        return costByModel().values().stream().reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    private Map<String, BigDecimal> sums(IntFunction<String> key, IntFunction<BigDecimal> value) {
        var sums = new TreeMap<String, BigDecimal>();
        IntStream.range(0, records)
                .forEach(number -> sums.merge(key.apply(number), value.apply(number), BigDecimal::add));
        return sums;
    }

    private static BigDecimal cost(int number) {
        return ListPrices.cost(model(number), inputTokens(number), outputTokens(number), 0, 0);
    }

    private Instant at(int number) {
        return from.plusSeconds(5L * number);
    }
}
