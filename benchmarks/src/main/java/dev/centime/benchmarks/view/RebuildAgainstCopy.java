package dev.centime.benchmarks.view;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.centime.benchmarks.DurableServer;
import dev.centime.benchmarks.Patience;
import dev.centime.benchmarks.log.Axon4;
import dev.centime.database.Migrator;
import dev.centime.eventstore.log.EventTypes;
import dev.centime.eventstore.log.LogSettings;
import dev.centime.eventstore.log.NewEvent;
import dev.centime.eventstore.log.PostgresEventLog;
import dev.centime.eventstore.log.WakeUps;
import dev.centime.eventstore.projection.ProjectionRunner;
import dev.centime.eventstore.projection.ProjectionStatus;
import dev.centime.eventstore.projection.Projections;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.mutiny.sqlclient.Pool;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.postgresql.PGConnection;

/**
 * Row 7: the rebuild of a roll-up view of 100,000 cells, all events in one partition as where there is one organization, against
 * COPY of the same events into a table of the same columns with its primary key, on one durable server, one after the other.
 *
 * <p>Arguments: numbers of events, ascending; 100000 and 1000000 without any.
 */
public final class RebuildAgainstCopy {
    private static final Duration LONG = Duration.ofMinutes(5);
    private static final int CELLS = 100_000;
    private static final String ORGANIZATION = "one";

    private final DurableServer server;
    private final EventTypes types =
            EventTypes.with(new ObjectMapper()).add(Call.class, "call", 1).build();
    private final PostgresEventLog log;
    private final Pool runnerPool;

    private RebuildAgainstCopy(DurableServer server) throws SQLException {
        this.server = server;
        new Migrator(server.jdbcUrl(), "postgres", "postgres")
                .migrate(List.of("rollup"), Map.of("centime_rollup", "bench", "centime_rollup_runner", "bench"));
        runnerPool = server.pool("centime_rollup_runner", 3);
        log = PostgresEventLog.on(
                server.pool("centime_rollup", 4),
                runnerPool,
                LogSettings.defaults(),
                new SimpleMeterRegistry(),
                WakeUps.none());
    }

    public static void main(String[] arguments) throws Exception {
        var sizes = arguments.length == 0
                ? new int[] {100_000, 1_000_000}
                : Arrays.stream(arguments).mapToInt(Integer::parseInt).toArray();
        try (var server = new DurableServer()) {
            new RebuildAgainstCopy(server).run(sizes);
            int largest = sizes[sizes.length - 1];
            Axon4.fill(server, largest);
            Axon4.replayRate(server, largest).forEach(System.out::println);
        }
    }

    private void run(int[] sizes) throws Exception {
        var projections = ProjectionRunner.builder()
                .schema("rollup")
                .log(log)
                .types(types)
                .pool(runnerPool)
                .metrics(new SimpleMeterRegistry())
                .project(new Cells())
                .build();
        projections.start().await().atMost(LONG);
        System.out.printf(
                "%12s %10s %10s %16s %16s %8s%n",
                "events", "cells", "bytes", "COPY events/s", "rebuild events/s", "ratio");
        int there = 0;
        for (var size : sizes) {
            fill(there, size);
            there = size;
            awaitFolded(projections, size);
            measure(projections, size);
        }
        projections.stop().await().atMost(LONG);
    }

    private void measure(Projections projections, int size) throws Exception {
        // Twice, and the better of each: the first warms up what the second uses.
        var copy = Math.min(copySeconds(), copySeconds());
        var rebuild = Math.min(rebuildSeconds(projections), rebuildSeconds(projections));
        System.out.printf(
                "%,12d %,10d %10d %,16.0f %,16.0f %8.2f%n",
                size,
                number("SELECT count(*) FROM rollup.cell"),
                number("SELECT avg(octet_length(payload))::bigint FROM (SELECT payload FROM log.event LIMIT 1000) e"),
                size / copy,
                size / rebuild,
                copy / rebuild);
        check(size);
    }

    /** From the request until the new generation serves. */
    private double rebuildSeconds(Projections projections) throws InterruptedException {
        var started = System.nanoTime();
        var id = projections.rebuild("cells").await().atMost(LONG);
        Patience.await("the rebuild served", Duration.ofMillis(20))
                .until(() -> find(projections, id).state().equals("swapped"));
        return (System.nanoTime() - started) / 1e9;
    }

    private static ProjectionStatus.Rebuild find(Projections projections, String id) {
        return projections.rebuilds().await().atMost(LONG).stream()
                .filter(rebuild -> rebuild.id().equals(id))
                .findFirst()
                .orElseThrow();
    }

    private double copySeconds() throws SQLException, IOException {
        var rows = Files.createTempFile("events", ".copy");
        try (var connection = server.connect();
                var statement = connection.createStatement()) {
            var copies = connection.unwrap(PGConnection.class).getCopyAPI();
            try (var out = new BufferedOutputStream(Files.newOutputStream(rows))) {
                copies.copyOut("COPY (SELECT * FROM log.event ORDER BY log_offset) TO STDOUT (FORMAT binary)", out);
            }
            statement.execute("DROP TABLE IF EXISTS rollup.copied");
            statement.execute("CREATE TABLE rollup.copied (LIKE log.event, PRIMARY KEY (partition, log_offset))");
            statement.execute("CHECKPOINT");
            try (var in = Files.newInputStream(rows)) {
                var started = System.nanoTime();
                copies.copyIn("COPY rollup.copied FROM STDIN (FORMAT binary)", in, 1 << 16);
                return (System.nanoTime() - started) / 1e9;
            }
        } finally {
            Files.delete(rows);
        }
    }

    /** Events in the order of time, as they come: a cell is filled by neighbours, and there are 100,000 of them in the end. */
    private void fill(int from, int to) {
        var random = new Random(from);
        var batch = new ArrayList<NewEvent>();
        for (int i = from; i < to; i++) {
            batch.add(event(i, to, random));
            if (batch.size() == 5_000 || i == to - 1) {
                log.append(ORGANIZATION, batch).await().atMost(LONG);
                batch.clear();
            }
        }
    }

    private NewEvent event(int i, int to, Random random) {
        // A hundred combinations an hour, a thousand hours.
        var hour = 490_000L + (long) i * (CELLS / 100) / to;
        var call = new Call(
                hour,
                "model-" + random.nextInt(10),
                "project-" + random.nextInt(10),
                "session-" + random.nextInt(100_000),
                "run-" + random.nextInt(1_000_000),
                random.nextInt(20_000),
                random.nextInt(2_000),
                random.nextInt(10_000),
                random.nextInt(30_000),
                "0.0" + (100_000 + random.nextInt(900_000)));
        return types.encode("call-" + i, Instant.ofEpochSecond(hour * 3_600), call, Map.of(), Set.of());
    }

    private void awaitFolded(Projections projections, int size) throws InterruptedException {
        Patience.await("all events folded", Duration.ofMillis(50))
                .until(() ->
                        projections.status().await().atMost(LONG).getFirst().lagEvents() == 0);
        check(size);
    }

    /** Every call is in the view, with its cost, or the figure is worth nothing. */
    private void check(int size) {
        if (number("SELECT sum(calls)::bigint FROM rollup.cell") != size || number("""
                        SELECT ((SELECT sum(cost) FROM rollup.cell) = (
                            SELECT sum((convert_from(payload, 'UTF8')::json ->> 'cost')::numeric) FROM log.event))::int""") != 1) {
            throw new IllegalStateException("the view is not the sum of the log");
        }
    }

    private long number(String sql) {
        try (var connection = server.connect();
                var rows = connection.createStatement().executeQuery(sql)) {
            rows.next();
            return rows.getLong(1);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
