package dev.centime.benchmarks.log;

import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.centime.benchmarks.DurableServer;
import dev.centime.benchmarks.Rate;
import dev.centime.eventstore.decision.Decider;
import dev.centime.eventstore.decision.DeciderQueues;
import dev.centime.eventstore.decision.Fact;
import dev.centime.eventstore.decision.SnapshotForm;
import dev.centime.eventstore.log.Criterion;
import dev.centime.eventstore.log.EventTypes;
import dev.centime.eventstore.log.LogSettings;
import dev.centime.eventstore.log.PostgresEventLog;
import dev.centime.eventstore.log.PostgresSnapshots;
import dev.centime.eventstore.log.Tag;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * Row 10: a decision on an entity with 100,000 events against one on an entity with 100. Once by a replica that has just started
 * and remembers nothing, once by one that has decided on it before.
 */
public final class DecisionGrowth {
    private static final Duration LONG = Duration.ofMinutes(5);
    private static final int DECISIONS = 150;
    private static final EventTypes TYPES =
            EventTypes.with(new JsonMapper()).add(Spent.class, "spent", 1).build();

    private final PostgresEventLog log;
    private final PostgresSnapshots snapshots;
    private int commands;

    private DecisionGrowth(DurableServer server) {
        log = PostgresEventLog.on(
                server.pool("centime_bench_runner", 4), LogSettings.defaults(), new SimpleMeterRegistry());
        snapshots = PostgresSnapshots.on(server.pool("centime_bench", 1));
    }

    record Spent(long amount) {}

    record Spend(String purse, String id, long amount) {}

    record Purse(long spent, long times) {}

    /** Spends from a purse that never ends. */
    private static final class Purses implements Decider<Spend, Purse> {
        @Override
        public String name() {
            return "purse";
        }

        @Override
        public Set<Criterion> criteria(String entity) {
            return Set.of(new Criterion(Set.of(new Tag("purse", entity)), Set.of()));
        }

        @Override
        public Purse initial() {
            return new Purse(0, 0);
        }

        @Override
        public Purse evolve(Purse state, Object event) {
            return new Purse(state.spent + ((Spent) event).amount, state.times + 1);
        }

        @Override
        public List<Fact> decide(Spend command, Purse state) {
            return List.of(new Fact(
                    command.id,
                    Instant.EPOCH,
                    new Spent(command.amount),
                    Map.of(),
                    Set.of(new Tag("purse", command.purse))));
        }

        @Override
        public SnapshotForm<Purse> snapshots() {
            return new SnapshotForm<>(Purse.class, 1, 200, new JsonMapper());
        }
    }

    private DeciderQueues<Spend, Purse> replica() {
        return new DeciderQueues<>(log, snapshots, TYPES, new Purses(), 10_000);
    }

    public static void main(String[] args) throws Exception {
        try (var server = new DurableServer()) {
            var benchmark = new DecisionGrowth(server);
            benchmark.grow("small", 100);
            benchmark.grow("large", 100_000);
            server.execute("VACUUM ANALYZE");
            benchmark.compare(true);
            System.out.printf("%n-- decisions a second, one after the other, each durable, sides taking turns%n");
            for (var justStarted : List.of(true, false)) {
                var rates = benchmark.compare(justStarted);
                rates.forEach(rate -> System.out.println(rate.line(rates.getFirst())));
            }
            Axon4.decisionRates(server, 100).forEach(System.out::println);
            Axon4.decisionRates(server, 100_000).forEach(System.out::println);
        }
    }

    private void grow(String entity, int events) {
        for (int from = 0; from < events; from += 1_000) {
            var batch = IntStream.range(from, Math.min(from + 1_000, events))
                    .mapToObj(n -> TYPES.encode(
                            entity + n, Instant.EPOCH, new Spent(n), Map.of(), Set.of(new Tag("purse", entity))))
                    .toList();
            log.append("default", batch).await().atMost(LONG);
        }
    }

    /** How fast the small and the large are decided on. */
    private List<Rate> compare(boolean justStarted) {
        var small = new double[DECISIONS];
        var large = new double[DECISIONS];
        var replica = replica();
        for (int i = 0; i < DECISIONS; i++) {
            small[i] = perSecond("small", justStarted ? replica() : replica);
            large[i] = perSecond("large", justStarted ? replica() : replica);
        }
        var how = justStarted ? ", replica just started" : ", replica knows it";
        return List.of(new Rate("100 events" + how, small), new Rate("100,000 events" + how, large));
    }

    private double perSecond(String entity, DeciderQueues<Spend, Purse> replica) {
        long start = System.nanoTime();
        replica.decide("default", entity, new Spend(entity, "d" + commands++, 1))
                .await()
                .atMost(LONG);
        return 1e9 / (System.nanoTime() - start);
    }
}
