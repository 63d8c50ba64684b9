package dev.centime.eventstore.projection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.centime.eventstore.axon.CentimeEventStorageEngine;
import dev.centime.eventstore.decision.Decider;
import dev.centime.eventstore.decision.DeciderQueues;
import dev.centime.eventstore.decision.Fact;
import dev.centime.eventstore.decision.SnapshotForm;
import dev.centime.eventstore.log.AppendCondition;
import dev.centime.eventstore.log.AppendRejected;
import dev.centime.eventstore.log.Criterion;
import dev.centime.eventstore.log.Event;
import dev.centime.eventstore.log.LogUnavailable;
import dev.centime.eventstore.log.NewEvent;
import dev.centime.eventstore.log.Position;
import dev.centime.eventstore.log.PostgresSnapshots;
import dev.centime.eventstore.log.Tag;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.axonframework.messaging.eventstreaming.StreamingCondition;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A server that crashes and comes back, and one that does not come back but has a standby. */
class ServerFaultsIT {
    private static final Tag STALL = new Tag("stall", "one");
    private static final Set<Criterion> OF_STALL = Set.of(new Criterion(Set.of(STALL), Set.of()));

    /** Between tries, which would else take the processor from the server that is to come back. */
    private static final Duration A_MOMENT = Duration.ofMillis(20);

    private CrashableServer server;
    private Market market;

    @BeforeEach
    void open() throws Exception {
        server = CrashableServer.with("market");
        market = new Market(server.database());
    }

    @AfterEach
    void close() throws Exception {
        market.close();
        server.close();
    }

    @Test
    void nothingAcknowledgedIsLost_andTheRunnerGoesOnByItself_whenTheServerCrashesInTheMiddle() throws Exception {
        var projections =
                market.start(market.runner().project(new SalesByItem()).settings(Market.FLEETING));
        var acknowledged = ConcurrentHashMap.<String>newKeySet();
        var running = new AtomicBoolean(true);
        var threads = Executors.newVirtualThreadPerTaskExecutor();
        var writers = IntStream.range(0, 4)
                .mapToObj(writer -> threads.submit(() -> {
                    while (running.get()) {
                        var event = Market.sold("item-" + writer, writer);
                        append("organization-" + writer, event);
                        acknowledged.add(event.id());
                    }
                }))
                .toList();
        for (int crash = 0; crash < 3; crash++) {
            var before = acknowledged.size();
            await().atMost(Market.SOON).until(() -> acknowledged.size() > before + 200);
            server.crash();
            server.startAgain();
        }
        running.set(false);
        for (var writer : writers) {
            writer.get();
        }
        threads.close();

        var stored = market.map("SELECT id, count(*)::text FROM log.event GROUP BY id");
        assertThat(stored.keySet()).containsExactlyInAnyOrderElementsOf(acknowledged);
        assertThat(stored.values()).containsOnly("1");
        assertThat(market.number("SELECT sum(gap)::bigint FROM ("
                        + "SELECT max(log_offset) - count(*) AS gap FROM log.event GROUP BY partition) g"))
                .isZero();
        await().atMost(Market.SOON).until(() -> market.receipts() == acknowledged.size());
        assertThat(market.view()).isEqualTo(market.recount());
        assertThat(projections.status().await().atMost(Market.SOON).getFirst().parked())
                .isEmpty();
    }

    @Test
    void nothingOfTheOldTimelineCounts_whenAStandbyThatLackedItsEndIsPromoted() throws Exception {
        var projections =
                market.start(market.runner().project(new SalesByItem()).settings(Market.FLEETING));
        var held = new Held();
        var stalls = new DeciderQueues<>(
                market.log(), PostgresSnapshots.on(market.pool("centime_market", 1)), Market.TYPES, new Stalls(), 10);
        var engine = new CentimeEventStorageEngine(market.log(), Market.TYPES);
        try (var follower = Follower.of("held", market.log(), Market.TYPES, Set.of(Sold.class), held)
                .metrics(new SimpleMeterRegistry())
                .start()) {
            market.sell("north", 100);
            stalls.decide("north", "one", "a").await().atMost(Market.SOON);
            server.stop();
            var standby = server.copy();
            server.startAgain();
            // The standby never hears of these.
            append("north", Market.sold("lost", 1));
            var lostDecision = stalls.decide("north", "one", "b")
                    .onFailure(LogUnavailable.class)
                    .retry()
                    .withBackOff(A_MOMENT, A_MOMENT)
                    .indefinitely()
                    .await()
                    .atMost(Market.SOON);
            var lost = lostDecision.position();
            assertThat(lostDecision.state().sold()).isEqualTo(2);
            assertThat(market.await(projections, lost)).isTrue();
            await().atMost(Market.SOON).until(() -> held.offsets.size() == 103);
            var sourced = market.log().source("north", OF_STALL, 0).await().atMost(Market.SOON);
            var token = engine.latestToken(null).get();

            server.crash();
            server.promote(standby);

            var now = append("north", Market.sold("pear", 7));
            assertThat(now.timeline()).isNotEqualTo(lost.timeline());
            assertThat(now.offset()).isEqualTo(102);
            for (int i = 0; i < 10; i++) {
                now = append("north", Market.sold("pear", i));
            }
            assertThat(now.offset()).isGreaterThan(lost.offset());

            // Who remembers the old end is told: a reader, a decision, a replica's memory, a stream.
            assertThat(market.await(projections, lost)).isFalse();
            assertThat(market.await(projections, now)).isTrue();
            assertThat(market.view()).isEqualTo(market.recount());
            assertThat(market.receipts()).isEqualTo(112);
            assertThatThrownBy(() -> market.log()
                            .append(
                                    "north",
                                    List.of(Market.sold("apple", 1)),
                                    new AppendCondition(OF_STALL, sourced.head()))
                            .await()
                            .atMost(Market.SOON))
                    .isInstanceOf(AppendRejected.class);
            assertThat(stalls.decide("north", "one", "c")
                            .await()
                            .atMost(Market.SOON)
                            .state()
                            .sold())
                    .isEqualTo(2);
            await().atMost(Market.SOON).until(() -> held.offsets.size() == 113);
            assertThat(held.offsets)
                    .containsExactlyElementsOf(
                            LongStream.rangeClosed(1, 113).boxed().toList());
            assertThat(held.items).doesNotContain("lost").contains("pear");
            assertThat(engine.stream(StreamingCondition.startingFrom(token), null)
                            .reduce(0, (count, entry) -> count + 1))
                    .failsWithin(Market.SOON)
                    .withThrowableThat()
                    .withMessageContaining("begin anew");
        }
    }

    private Position append(String organization, NewEvent event) {
        return market.log()
                .append(organization, List.of(event))
                .onFailure(LogUnavailable.class)
                .retry()
                .withBackOff(A_MOMENT, A_MOMENT)
                .indefinitely()
                .await()
                .atMost(Market.SOON)
                .position();
    }

    /** What a replica holds in memory: the offsets and items of one organization, in the order in which they came. */
    private static final class Held implements Follower.Listener {
        private final ConcurrentLinkedQueue<Long> offsets = new ConcurrentLinkedQueue<>();
        private final ConcurrentLinkedQueue<String> items = new ConcurrentLinkedQueue<>();

        @Override
        public Map<Integer, Long> begin() {
            offsets.clear();
            items.clear();
            return Map.of();
        }

        @Override
        public void events(int partition, List<Event> page) {
            page.forEach(event -> {
                offsets.add(event.stored().offset());
                items.add(((Sold) event.payload()).item());
            });
        }
    }

    /** How much a stall has sold; the command is the item. */
    private static final class Stalls implements Decider<String, Stalls.Till> {
        record Till(int sold) {}

        @Override
        public String name() {
            return "stalls";
        }

        @Override
        public Set<Criterion> criteria(String entity) {
            return OF_STALL;
        }

        @Override
        public Till initial() {
            return new Till(0);
        }

        @Override
        public Till evolve(Till state, Object event) {
            return new Till(state.sold + 1);
        }

        @Override
        public List<Fact> decide(String item, Till state) {
            return List.of(new Fact("stall-" + item, Instant.EPOCH, new Sold(item, 1), Map.of(), Set.of(STALL)));
        }

        @Override
        public SnapshotForm<Till> snapshots() {
            return new SnapshotForm<>(Till.class, 1, 1, new ObjectMapper());
        }
    }
}
