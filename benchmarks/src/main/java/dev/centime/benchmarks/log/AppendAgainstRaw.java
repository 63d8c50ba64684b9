package dev.centime.benchmarks.log;

import dev.centime.benchmarks.DurableServer;
import dev.centime.benchmarks.Rate;
import dev.centime.eventstore.axon.CentimeEventStorageEngine;
import dev.centime.eventstore.log.LogSettings;
import dev.centime.eventstore.log.PostgresEventLog;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.smallrye.mutiny.Multi;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Row 1: append through the engine, batches of 1,000, against a raw {@code unnest} insert of the same rows on the same server, one
 * organization, as the log grows; and Axon 4.13's JDBC engine beside them. Sides take turns, so that all meet the same noise.
 */
public final class AppendAgainstRaw {
    private static final int BATCH = 1_000;
    private static final int RUNS = 5;
    private static final int BATCHES_A_RUN = 12;
    private static final Duration LONG = Duration.ofMinutes(10);

    private final DurableServer server;
    private final PostgresEventLog log;
    private final List<Side> sides;
    private long stored;

    private AppendAgainstRaw(DurableServer server) throws Exception {
        this.server = server;
        server.execute(RawInsert.TABLE);
        log = PostgresEventLog.on(
                server.pool("centime_bench_runner", 4), LogSettings.defaults(), new SimpleMeterRegistry());
        sides = List.of(
                new RawInsert(server.pool("centime_bench", 4)),
                new LogAppend(log),
                new EngineAppend(new CentimeEventStorageEngine(log, Usage.TYPES)));
    }

    /** @param args sizes of the log, ascending; 0, 100,000 and 1,000,000 without any */
    public static void main(String[] args) throws Exception {
        var sizes = args.length == 0 ? List.of("0", "100000", "1000000") : List.of(args);
        try (var server = new DurableServer()) {
            var benchmark = new AppendAgainstRaw(server);
            benchmark.measure(2, Ids.TIME_ORDERED);
            for (var size : sizes) {
                benchmark.growTo(Long.parseLong(size));
                for (int underWay : List.of(1, 2)) {
                    benchmark.print(Ids.TIME_ORDERED, underWay);
                }
                benchmark.print(Ids.RANDOM, 1);
                Axon4.appendRates(server, Long.parseLong(size)).forEach(System.out::println);
            }
        }
    }

    private void print(Ids ids, int underWay) {
        System.out.printf(
                "%n-- %,d events in the log; ids %s; %d batch(es) of %,d under way%n",
                stored, ids.name().toLowerCase(java.util.Locale.ROOT), underWay, BATCH);
        var rates = measure(underWay, ids);
        rates.forEach(rate -> System.out.println(rate.line(rates.getFirst())));
    }

    private List<Rate> measure(int underWay, Ids ids) {
        var perSecond = new double[sides.size()][RUNS];
        for (int run = 0; run < RUNS; run++) {
            for (int side = 0; side < sides.size(); side++) {
                perSecond[side][run] = run(sides.get(side), underWay, ids);
            }
        }
        var rates = new ArrayList<Rate>();
        for (int side = 0; side < sides.size(); side++) {
            rates.add(new Rate(sides.get(side).name(), perSecond[side]));
        }
        return rates;
    }

    private double run(Side side, int underWay, Ids ids) {
        var batches = new ArrayList<Batch>();
        for (int i = 0; i < BATCHES_A_RUN; i++) {
            batches.add(Batch.of(stored, BATCH, ids));
            stored += BATCH;
        }
        long start = System.nanoTime();
        store(side, batches, underWay);
        return BATCHES_A_RUN * BATCH * 1e9 / (System.nanoTime() - start);
    }

    private static void store(Side side, List<Batch> batches, int underWay) {
        Multi.createFrom()
                .iterable(batches)
                .onItem()
                .transformToUni(batch -> side.store(batch).replaceWith(true))
                .merge(underWay)
                .collect()
                .last()
                .await()
                .atMost(LONG);
    }

    /** Both tables, so that each side meets its own of that size. */
    private void growTo(long size) throws Exception {
        long from = log.head(log.partitionOf("default").await().atMost(LONG))
                .await()
                .atMost(LONG);
        for (long at = from; at < size; at += 10_000) {
            var batch = Batch.of(at, 10_000, Ids.TIME_ORDERED);
            store(sides.get(0), List.of(batch), 1);
            store(sides.get(1), List.of(batch), 1);
        }
        stored = Math.max(from, size);
        server.execute("VACUUM ANALYZE");
        server.execute("CHECKPOINT");
    }
}
