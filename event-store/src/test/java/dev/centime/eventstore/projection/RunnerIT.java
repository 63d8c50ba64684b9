package dev.centime.eventstore.projection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.centime.eventstore.log.Event;
import dev.centime.eventstore.log.LogSettings;
import dev.centime.eventstore.log.Position;
import dev.centime.eventstore.log.PostgresEventLog;
import dev.centime.eventstore.log.PostgresWakeUps;
import dev.centime.eventstore.log.WakeUps;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.core.Vertx;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RunnerIT {
    private final Market market = new Market();

    @AfterEach
    void close() {
        market.close();
    }

    @Test
    void folds_whatWasThere_andWhatComes() {
        market.sell("north", 500);
        var projections = market.start(market.runner().project(new SalesByItem()));
        var last = market.sell("north", 300);

        assertThat(market.await(projections, last)).isTrue();

        assertThat(market.view()).isEqualTo(market.recount()).hasSize(7);
        assertThat(market.receipts()).isEqualTo(800);
    }

    @Test
    void folds_manyPagesOfManyOrganizations() {
        IntStream.range(0, 40).forEach(i -> market.sell("organization-" + i, 400));
        var projections =
                market.start(market.runner().project(new SalesByItem()).settings(Market.QUICK.withMaxPageEvents(64)));

        await().atMost(Market.SOON).until(() -> market.receipts() == 16_000);

        assertThat(market.view()).isEqualTo(market.recount());
        assertThat(status(projections).lagEvents()).isZero();
        assertThat(status(projections).positions()).hasSize(17);
    }

    @Test
    void awaitIsFalse_whenTheDeadlineComesFirst_orTheTimelineIsAnother() {
        var projections = market.start(market.runner().project(new SalesByItem()));
        var last = market.sell("north", 10);
        assertThat(market.await(projections, last)).isTrue();

        var beyond = new Position(last.timeline(), last.partition(), last.offset() + 1);
        var elsewhere = new Position(last.timeline() + 1, last.partition(), 1);

        assertThat(projections
                        .await("sales", beyond, Duration.ofMillis(100))
                        .await()
                        .atMost(Market.SOON))
                .isFalse();
        assertThat(projections.await("sales", elsewhere, Market.SOON).await().atMost(Market.SOON))
                .isFalse();
    }

    @Test
    void awaitIsFalse_whenTheRunnerHasEnded() {
        var projections = market.start(market.runner().project(new SalesByItem()));
        var last = market.sell("north", 10);
        assertThat(market.await(projections, last)).isTrue();
        market.stop(projections);

        var beyond = new Position(last.timeline(), last.partition(), last.offset() + 1);

        assertThat(projections
                        .await("sales", beyond, Duration.ofDays(1))
                        .await()
                        .atMost(Market.SOON))
                .isFalse();
    }

    @Test
    void goesOnBeatingAndLooking_whenWhatShouldNeverHappenHappened() {
        var log = new BrokenNowAndThen(market.newLog());
        var projections = market.start(market.runner().log(log.asLog()).project(new SalesByItem()));
        await().atMost(Market.SOON).until(() -> leads() == 17);
        log.breaks(true);
        await().atMost(Market.SOON).until(() -> log.calls("timeline") > 2 && log.calls("heads") > 2);
        log.breaks(false);

        await().atMost(Market.SOON).until(() -> log.calls("timeline") > 2 && log.calls("heads") > 2);
        assertThat(market.await(projections, market.sell("north", 10))).isTrue();
    }

    /** Callers may ask for what takes long, and as many as there are connections at their door. */
    @Test
    void foldsOn_whileTheDoorIsFullForLongerThanALease() {
        var door = market.pool("centime_market", 1);
        var log = PostgresEventLog.on(
                door,
                market.pool("centime_market_runner", 3),
                LogSettings.defaults(),
                new SimpleMeterRegistry(),
                WakeUps.none());
        market.start(market.runner().log(log).project(new SalesByItem()).settings(RunnerSettings.DEFAULT));
        await().atMost(Market.SOON).until(() -> leads() == 17);
        var held = door.getConnection().await().atMost(Market.SOON);

        // Ended beats would end the leases.
        var later = Instant.now().plus(RunnerSettings.DEFAULT.lease().multipliedBy(3));
        await().atMost(Market.SOON)
                .until(() -> market.number("SELECT count(*) FROM market.projection_lease WHERE until > '" + later + "'")
                        == 17);
        market.sell("north", 10);

        await().atMost(Market.SOON).until(() -> market.receipts() == 10);
        held.closeAndAwait();
    }

    @Test
    void awaitSeesWhatAnotherReplicaFolded() {
        var first = market.start(market.runner().project(new SalesByItem()));
        await().atMost(Market.SOON).until(() -> leads() == 17);
        var notStarted = market.runner().project(new SalesByItem());
        var second = market.start(notStarted);

        for (int i = 0; i < 10; i++) {
            var last = market.sell("organization-" + i, 5);
            assertThat(market.await(first, last)).isTrue();
            assertThat(market.await(second, last)).isTrue();
        }
    }

    @Test
    void twoRunnersShareFairly_andTheOtherTakesOver_whenOneStops() {
        // A lease that runs out would not be seen here: what is taken over was given back.
        var patient = Market.QUICK.withLease(Duration.ofMinutes(5), Duration.ofMillis(200));
        var first = market.start(market.runner().project(new SalesByItem()).settings(patient));
        await().atMost(Market.SOON).until(() -> leads() == 17);
        market.start(market.runner().project(new SalesByItem()).settings(patient));

        await().atMost(Market.SOON).untilAsserted(() -> assertThat(shares()).containsExactlyInAnyOrder("8", "9"));
        market.stop(first);

        await().atMost(Market.SOON).untilAsserted(() -> assertThat(shares()).containsExactly("17"));
        IntStream.range(0, 20).forEach(i -> market.sell("organization-" + i, 10));
        await().atMost(Market.SOON).until(() -> market.receipts() == 200);
        assertThat(market.view()).isEqualTo(market.recount());
    }

    @Test
    void terminatedConnectionsParkNobody_andNothingIsFoldedTwice() {
        market.start(market.runner().project(new SalesByItem()).settings(Market.QUICK.withMaxPageEvents(50)));
        for (int round = 0; round < 10; round++) {
            market.sell("north", 300);
            market.execute(
                    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = 'centime_market_runner'"
                            + " AND datname = current_database()");
        }
        market.sell("north", 1);

        await().atMost(Market.SOON).until(() -> market.receipts() >= 3_001);
        assertThat(market.receipts()).isEqualTo(3_001);
        assertThat(market.view()).isEqualTo(market.recount());
        // Those that were told to end may yet do so: whoever asks over them would be told that the database is away.
        assertThat(market.number("SELECT count(*) FROM market.projection_parked"))
                .isZero();
    }

    @Test
    void theDatabaseAwayParksNobody_andTheRunnerComesBackByItself() {
        var metrics = new SimpleMeterRegistry();
        var projections = market.start(
                market.runner().project(new SalesByItem()).metrics(metrics).settings(Market.FLEETING));
        assertThat(market.await(projections, market.sell("north", 100))).isTrue();

        market.letIn(false);
        await().atMost(Market.SOON)
                .until(() -> metrics.find("centime.lease.beats").tag("outcome", "failure").counters().stream()
                        .anyMatch(beats -> beats.count() >= 3));
        market.letIn(true);

        await().atMost(Market.SOON).untilAsserted(() -> assertThat(leads()).isEqualTo(17));
        market.sell("north", 100);
        await().atMost(Market.SOON).until(() -> market.receipts() == 200);
        assertThat(market.view()).isEqualTo(market.recount());
        assertThat(market.number("SELECT count(*) FROM market.projection_parked"))
                .isZero();
    }

    @Test
    void isWokenLongBeforeItWouldLook() {
        try (var wakeUps = PostgresWakeUps.on(new Vertx(market.vertx()), market.options("centime_market_runner"))) {
            market.start(market.runner()
                    .project(new SalesByItem())
                    .wakeUps(wakeUps)
                    .settings(Market.QUICK.withPoll(Duration.ofHours(1))));
            var log = market.newLog(wakeUps);

            await().atMost(Market.SOON).until(() -> {
                log.append("north", List.of(Market.sold("apple", 1))).await().atMost(Market.SOON);
                return market.receipts() > 0;
            });
        }
    }

    @Test
    void lagIsShown_whileAPageWaits_andGoneAfterwards() {
        var metrics = new SimpleMeterRegistry();
        var gate = new Gate();
        var projections = market.start(market.runner().project(gate).metrics(metrics));
        var last = market.sell("north", 10);

        await().atMost(Market.SOON).untilAsserted(() -> {
            assertThat(metrics.get("centime.projection.lag.events").gauge().value())
                    .isEqualTo(10);
            assertThat(metrics.get("centime.projection.lag.seconds").gauge().value())
                    .isGreaterThan(0.3);
        });
        assertThat(status(projections).lagEvents()).isEqualTo(10);
        assertThat(status(projections).lagSeconds()).isPositive();
        gate.open.complete(null);

        assertThat(market.await(projections, last)).isTrue();
        await().atMost(Market.SOON).untilAsserted(() -> {
            assertThat(metrics.get("centime.projection.lag.events").gauge().value())
                    .isZero();
            assertThat(metrics.get("centime.projection.lag.seconds").gauge().value())
                    .isZero();
            assertThat(metrics.get("centime.projection.events").counter().count())
                    .isEqualTo(10);
        });
    }

    /** Folds nothing until it is opened. */
    private static final class Gate extends SalesByItem {
        private final java.util.concurrent.CompletableFuture<Void> open =
                new java.util.concurrent.CompletableFuture<>();

        @Override
        public Uni<Void> apply(View view, List<Event> page) {
            return Uni.createFrom().completionStage(open).chain(() -> super.apply(view, page));
        }
    }

    private static ProjectionStatus status(Projections projections) {
        return projections.status().await().atMost(Market.SOON).getFirst();
    }

    private long leads() {
        return market.number("SELECT count(*) FROM market.projection_lease WHERE until > now()");
    }

    private java.util.Collection<String> shares() {
        return market.map(
                        "SELECT holder, count(*)::text FROM market.projection_lease WHERE until > now() AND holder IS NOT NULL GROUP BY holder")
                .values();
    }
}
