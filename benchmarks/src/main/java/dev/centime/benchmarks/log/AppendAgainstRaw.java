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
import java.util.Arrays;
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
    private final RawInsert raw;
    private long stored;
    private boolean warm;

    private AppendAgainstRaw(DurableServer server) throws Exception {
        this.server = server;
        server.execute(RawInsert.TABLE);
        log = PostgresEventLog.on(
                server.pool("centime_bench_runner", 4), LogSettings.defaults(), new SimpleMeterRegistry());
        raw = new RawInsert(server.pool("centime_bench", 4));
        sides = List.of(raw, new LogAppend(log), new EngineAppend(new CentimeEventStorageEngine(log, Usage.TYPES)));
    }

    /** @param args sizes of the log, ascending, 100,000 and 1,000,000 without any; after {@code fill} it is only grown */
    public static void main(String[] args) throws Exception {
        boolean onlyFill = args.length > 0 && args[0].equals("fill");
        var sizes = Arrays.stream(args)
                .skip(onlyFill ? 1 : 0)
                .mapToLong(Long::parseLong)
                .toArray();
        try (var server = new DurableServer()) {
            var benchmark = new AppendAgainstRaw(server);
            for (long size : sizes.length == 0 ? new long[] {100_000, 1_000_000} : sizes) {
                benchmark.growTo(size);
                Axon4.fill(server, size).forEach(System.out::println);
                if (!onlyFill) {
                    benchmark.compare(size);
                }
            }
        }
    }

    private void compare(long size) throws Exception {
        if (!warm) {
            measure(2, Ids.TIME_ORDERED);
            warm = true;
        }
        print(Ids.TIME_ORDERED, 1);
        Axon4.appendRates(server, size).forEach(System.out::println);
        print(Ids.TIME_ORDERED, 2);
        print(Ids.RANDOM, 1);
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

    /** All tables, so that each side meets its own of that size. */
    private void growTo(long size) throws Exception {
        int partition = log.partitionOf("default").await().atMost(LONG);
        new Fill(server, partition).upTo(size);
        raw.from(server.number("SELECT max(log_offset) FROM raw_event"));
        stored = log.head(partition).await().atMost(LONG);
    }
}
