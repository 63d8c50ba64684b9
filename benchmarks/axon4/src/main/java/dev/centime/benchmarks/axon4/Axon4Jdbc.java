package dev.centime.benchmarks.axon4;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventhandling.GenericDomainEventMessage;
import org.axonframework.eventsourcing.eventstore.jdbc.JdbcEventStorageEngine;
import org.axonframework.eventsourcing.eventstore.jdbc.PostgresEventTableFactory;
import org.axonframework.serialization.json.JacksonSerializer;

/**
 * Appends with, decides on, or replays from Axon 4.13's JDBC engine, and prints how fast. The driver may rewrite batches into
 * multi-row inserts, a batch is one transaction, and replays read large batches: the best settings for it.
 */
public final class Axon4Jdbc {
    private static final int BATCH = 1_000;
    private static final int RUNS = 5;
    private static final int BATCHES_A_RUN = 6;
    private static final int DECISIONS = 40;
    private static final long FILL_STEP = 1_000_000;
    private static final String FILL = """
            INSERT INTO domainevententry (eventidentifier, aggregateidentifier, sequencenumber, type, timestamp, payloadtype,
                payloadrevision, payload, metadata)
            SELECT gen_random_uuid()::text, md5((g / 1000)::text)::uuid::text, g %% 1000, 'usage', '2026-01-01T00:00:00.000Z', '%s',
                NULL, convert_to('{"recordId":"call-' || g || '","provider":"anthropic","model":"claude-sonnet-4-5",'
                    || '"project":"checkout","session":"session-' || g / 40 || '","subject":"subject-' || g %% 200
                    || '","input":' || 1200 + g %% 900 || ',"output":300,"cacheRead":1000,"cost":"0.0010000","status":"ok"}', 'UTF8'),
                convert_to('{}', 'UTF8')
            FROM generate_series(%d, %d) g""";

    private final SharedConnection connection;
    private final JdbcEventStorageEngine engine;
    private long sequence;
    private String entity = "";

    private Axon4Jdbc(String url) throws SQLException {
        connection = new SharedConnection(url + "?reWriteBatchedInserts=true");
        var serializer = JacksonSerializer.defaultSerializer();
        engine = JdbcEventStorageEngine.builder()
                .connectionProvider(connection)
                .transactionManager(connection)
                .eventSerializer(serializer)
                .snapshotSerializer(serializer)
                .batchSize(BATCH)
                .build();
    }

    /** As large as a recorded call in JSON. */
    public record Usage(
            String recordId,
            String provider,
            String model,
            String project,
            String session,
            String subject,
            long input,
            long output,
            long cacheRead,
            String cost,
            String status) {}

    /** @param args {@code fill}, {@code append}, {@code decide} or {@code replay}, then URL and number of events */
    public static void main(String[] args) throws SQLException {
        var axon = new Axon4Jdbc(args[1]);
        if (axon.connection.count("SELECT count(*) FROM pg_tables WHERE tablename = 'domainevententry'") == 0) {
            axon.engine.createSchema(PostgresEventTableFactory.INSTANCE);
            axon.connection.commit();
        }
        switch (args[0]) {
            case "append" -> axon.append(Long.parseLong(args[2]));
            case "fill" -> axon.fill(Long.parseLong(args[2]));
            case "decide" -> axon.decide(Integer.parseInt(args[2]));
            case "replay" -> axon.replay(Long.parseLong(args[2]));
            default -> throw new IllegalArgumentException(args[0]);
        }
    }

    private void append(long size) throws SQLException {
        fill(size);
        long held = connection.count("SELECT count(*) FROM domainevententry");
        begin();
        for (int i = 0; i < 5; i++) {
            store(batch());
        }
        var perSecond = new double[RUNS];
        for (int run = 0; run < RUNS; run++) {
            var batches = new ArrayList<List<DomainEventMessage<?>>>();
            for (int i = 0; i < BATCHES_A_RUN; i++) {
                batches.add(batch());
            }
            long start = System.nanoTime();
            batches.forEach(this::store);
            perSecond[run] = BATCHES_A_RUN * BATCH * 1e9 / (System.nanoTime() - start);
        }
        Arrays.sort(perSecond);
        System.out.printf(
                Locale.ROOT,
                "%-44s %9.0f/s  (%.0f to %.0f)   at %,d events%n",
                "Axon 4.13 JDBC engine, 1 batch under way",
                perSecond[RUNS / 2],
                perSecond[0],
                perSecond[RUNS - 1],
                held);
    }

    /** By SQL, as its own appends leave them: ids are random, an entity has a thousand events. */
    private void fill(long size) throws SQLException {
        long held = connection.count("SELECT count(*) FROM domainevententry");
        for (long from = held + 1; from <= size; from += FILL_STEP) {
            connection.execute(FILL.formatted(Usage.class.getName(), from, Math.min(size, from + FILL_STEP - 1)));
            connection.commit();
        }
        if (held < size) {
            connection.execute("ANALYZE domainevententry");
            connection.commit();
        }
    }

    private void decide(int events) throws SQLException {
        begin();
        for (int stored = 0; stored < events; stored += Math.min(BATCH, events)) {
            store(batch(Math.min(BATCH, events)));
        }
        print("Axon 4.13: %,d events, no snapshot", events, decisions(events > BATCH ? RUNS : DECISIONS, 0));
        var last = engine.readEvents(entity, events - 1L).asStream().toList().getLast();
        engine.storeSnapshot(last);
        connection.commit();
        print("Axon 4.13: %,d events, its snapshot", events, decisions(DECISIONS, 1));
    }

    /** Each reads the snapshot and what came after it, or all there is, decodes it, appends one event and commits. */
    private double[] decisions(int count, int snapshots) {
        var perSecond = new double[count];
        for (int i = -1; i < count; i++) {
            long start = System.nanoTime();
            var snapshot = snapshots == 0 ? null : engine.readSnapshot(entity).orElseThrow();
            long state = snapshot == null ? 0 : ((Usage) snapshot.getPayload()).input();
            state += engine.readEvents(entity, snapshot == null ? 0 : snapshot.getSequenceNumber() + 1)
                    .asStream()
                    .mapToLong(event -> ((Usage) event.getPayload()).input())
                    .sum();
            store(batch(1));
            if (state == 0) {
                throw new IllegalStateException("nothing was read");
            }
            if (i >= 0) {
                perSecond[i] = 1e9 / (System.nanoTime() - start);
            }
        }
        return perSecond;
    }

    private static void print(String name, int events, double[] perSecond) {
        Arrays.sort(perSecond);
        System.out.printf(
                Locale.ROOT,
                "%-44s %9.1f/s  (%.1f to %.1f)%n",
                String.format(Locale.ROOT, name, events),
                perSecond[perSecond.length / 2],
                perSecond[0],
                perSecond[perSecond.length - 1]);
    }

    private void replay(long events) {
        double best = 0;
        for (int run = 0; run < 2; run++) {
            long start = System.nanoTime();
            long sum;
            try (var stream = engine.readEvents(null, false)) {
                sum = stream.limit(events)
                        .mapToLong(event -> ((Usage) event.getPayload()).input())
                        .sum();
            }
            best = Math.max(best, events * 1e9 / (System.nanoTime() - start));
            if (sum == 0) {
                throw new IllegalStateException("nothing was read");
            }
        }
        System.out.printf(
                Locale.ROOT,
                "Axon 4.13 replays %,d events (read and decoded, no view written): %,.0f/s%n",
                events,
                best);
    }

    private void begin() {
        entity = UUID.randomUUID().toString();
        sequence = 0;
    }

    private void store(List<DomainEventMessage<?>> batch) {
        engine.appendEvents(batch);
        connection.startTransaction().commit();
    }

    private List<DomainEventMessage<?>> batch() {
        return batch(BATCH);
    }

    private List<DomainEventMessage<?>> batch(int size) {
        var batch = new ArrayList<DomainEventMessage<?>>(size);
        for (int i = 0; i < size; i++) {
            long n = sequence++;
            batch.add(new GenericDomainEventMessage<>("usage", entity, n, usage(n)));
        }
        return batch;
    }

    private static Usage usage(long n) {
        return new Usage(
                "call-" + n,
                "anthropic",
                "claude-sonnet-4-5",
                "checkout",
                "session-" + n / 40,
                "subject-" + n % 200,
                1_200 + n % 900,
                300 + n % 70,
                n % 3 * 1_000,
                "0.00" + (10_000 + n % 9_000),
                "ok");
    }
}
