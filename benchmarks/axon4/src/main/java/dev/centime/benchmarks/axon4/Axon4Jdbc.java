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
 * Appends with, or reads from, Axon 4.13's JDBC engine, and prints how fast. The driver may rewrite batches into multi-row
 * inserts, and a batch is one transaction: the best settings for it.
 */
public final class Axon4Jdbc {
    private static final int BATCH = 1_000;
    private static final int RUNS = 5;
    private static final int BATCHES_A_RUN = 6;

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

    /** @param args {@code append URL SIZE} or {@code read URL EVENTS} */
    public static void main(String[] args) throws SQLException {
        var axon = new Axon4Jdbc(args[1]);
        if (axon.connection.count("SELECT count(*) FROM pg_tables WHERE tablename = 'domainevententry'") == 0) {
            axon.engine.createSchema(PostgresEventTableFactory.INSTANCE);
            axon.connection.commit();
        }
        switch (args[0]) {
            case "append" -> axon.append(Long.parseLong(args[2]));
            case "read" -> axon.read(Integer.parseInt(args[2]));
            default -> throw new IllegalArgumentException(args[0]);
        }
    }

    private void append(long size) throws SQLException {
        long held = connection.count("SELECT count(*) FROM domainevententry");
        begin();
        for (; held < size; held += BATCH) {
            store(batch());
        }
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

    private void read(int events) {
        begin();
        for (int stored = 0; stored < events; stored += Math.min(BATCH, events)) {
            store(batch(Math.min(BATCH, events)));
        }
        var times = new double[RUNS];
        for (int run = 0; run < RUNS; run++) {
            long start = System.nanoTime();
            long read = engine.readEvents(entity).asStream().count();
            times[run] = 1e9 / (System.nanoTime() - start);
            if (read != events) {
                throw new IllegalStateException(read + " events instead of " + events);
            }
        }
        Arrays.sort(times);
        System.out.printf(
                Locale.ROOT,
                "%-44s %9.1f/s%n",
                String.format(Locale.ROOT, "Axon 4.13 reads %,d events, no snapshot", events),
                times[RUNS / 2]);
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
