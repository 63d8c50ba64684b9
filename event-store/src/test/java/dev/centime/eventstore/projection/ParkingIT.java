package dev.centime.eventstore.projection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.centime.eventstore.log.Event;
import dev.centime.eventstore.log.NewEvent;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ParkingIT {
    private final Market market = new Market();

    @AfterEach
    void close() {
        market.close();
    }

    @Test
    void oneBadEventParksItsOrganizationAlone() {
        var neighbours = market.neighbours(3);
        var bad = neighbours.getFirst();
        // In one page with the others' events, in the middle of its own.
        market.append(bad, interleaved(bad));
        neighbours.forEach(organization -> market.sell(organization, 50));
        var projections = market.start(market.runner().project(new SalesByItem()));
        var last = market.sell(neighbours.getLast(), 20);

        assertThat(market.await(projections, last)).isTrue();

        var expected = new TreeMap<>(market.recount());
        expected.keySet().removeIf(cell -> cell.startsWith(bad + "/"));
        expected.put(bad + "/apple", "2 for 30");
        assertThat(market.view()).isEqualTo(expected);
        var parked = status(projections).parked();
        assertThat(parked).singleElement().satisfies(one -> {
            assertThat(one.organization()).isEqualTo(bad);
            assertThat(one.firstOffset()).isEqualTo(3);
            assertThat(one.error()).contains("23514");
        });
        assertThat(status(projections).state()).isEqualTo("parked");
        assertThat(staleSince(projections, bad)).isTrue();
        assertThat(staleSince(projections, neighbours.getLast())).isFalse();
    }

    @Test
    void skipPassesOverTheEventAtFault_andFoldsTheRestInOrder() {
        var projections =
                market.start(market.runner().project(new SalesByItem()).settings(Market.QUICK.withMaxPageEvents(16)));
        market.append("north", interleaved("north"));
        market.sell("north", 200);
        awaitParked(projections, 1);

        var last = market.sell("north", 100);
        assertThat(market.await(projections, last)).isTrue();
        assertThat(projections.skip("sales", parkedId(projections)).await().atMost(Market.SOON))
                .isTrue();

        awaitParked(projections, 0);
        assertThat(staleSince(projections, "north")).isFalse();
        // 300 and the three good ones of the first append; the one at fault has no row.
        assertThat(market.receipts()).isEqualTo(303);
        market.execute("DELETE FROM market.receipt WHERE cents < 0");
        assertThat(market.view()).containsEntry("north/apple", "3 for 60");
    }

    @Test
    void retryFoldsEverythingIn_onceTheCauseIsGone() {
        var projections =
                market.start(market.runner().project(new SalesByItem()).settings(Market.QUICK.withMaxPageEvents(16)));
        market.append("north", interleaved("north"));
        awaitParked(projections, 1);
        var last = market.sell("north", 100);
        assertThat(market.await(projections, last)).isTrue();

        // Still there: parked again, by the same event.
        assertThat(projections.retry("sales", parkedId(projections)).await().atMost(Market.SOON))
                .isTrue();
        await().atMost(Market.SOON)
                .until(() -> status(projections).parked().getFirst().wanted() == null);
        assertThat(status(projections).parked().getFirst().firstOffset()).isEqualTo(3);

        market.execute("ALTER TABLE market.sales DROP CONSTRAINT sales_cents_check");
        projections.retry("sales", parkedId(projections)).await().atMost(Market.SOON);

        awaitParked(projections, 0);
        assertThat(market.view()).isEqualTo(market.recount());
        assertThat(market.receipts()).isEqualTo(104);
    }

    @Test
    void oneThatStandsStillGoesOnByItself_onceTheCauseIsGone() {
        var projections = market.start(market.runner()
                .project(new SalesByItem())
                .settings(Market.QUICK.withMaxPageEvents(16).withRetryParked(Duration.ofMillis(100))));
        market.append("north", interleaved("north"));
        awaitParked(projections, 1);
        // Tried in vain meanwhile, which holds up nobody.
        assertThat(market.await(projections, market.sell("north", 100))).isTrue();
        assertThat(market.await(projections, market.sell("south", 100))).isTrue();
        assertThat(status(projections).parked().getFirst().firstOffset()).isEqualTo(3);

        market.execute("ALTER TABLE market.sales DROP CONSTRAINT sales_cents_check");

        awaitParked(projections, 0);
        assertThat(market.view()).isEqualTo(market.recount());
        assertThat(market.receipts()).isEqualTo(204);
    }

    @Test
    void aSkipPassesOverTheEventThatWasSeen_andOverNoOther() {
        var projections = market.start(market.runner().project(new SalesByItem()));
        // In one page: else the first four may be folded in again before the next two are seen.
        var events = new ArrayList<>(interleaved("north"));
        events.addAll(List.of(Market.garbled(), Market.sold("apple", 40)));
        market.append("north", events);
        awaitParked(projections, 1);
        var seen = parkedId(projections);
        market.execute("ALTER TABLE market.sales DROP CONSTRAINT sales_cents_check");
        projections.retry("sales", seen).await().atMost(Market.SOON);
        await().atMost(Market.SOON)
                .until(() -> status(projections).parked().getFirst().firstOffset() > 3);

        assertThat(projections.skip("sales", seen).await().atMost(Market.SOON)).isFalse();
        assertThat(projections.skip("sales", parkedId(projections)).await().atMost(Market.SOON))
                .isTrue();

        awaitParked(projections, 0);
        assertThat(market.view()).containsEntry("north/apple", "4 for 100");
    }

    @Test
    void retryOfNothingSaysSo() {
        var projections = market.start(market.runner().project(new SalesByItem()));

        assertThat(projections.retry("sales", "no-such-id").await().atMost(Market.SOON))
                .isFalse();
        assertThat(projections.skip("sales", "no-such-id").await().atMost(Market.SOON))
                .isFalse();
    }

    @Test
    void bytesThatAreNoEventPark_andSkipGoesOn() {
        var projections = market.start(market.runner().project(new SalesByItem()));
        market.append("north", Market.sold("apple", 1), Market.garbled(), Market.sold("apple", 2));
        awaitParked(projections, 1);

        projections.skip("sales", parkedId(projections)).await().atMost(Market.SOON);

        awaitParked(projections, 0);
        assertThat(market.view()).containsEntry("north/apple", "2 for 3");
    }

    @Test
    void anExceptionOfTheProjectionParks() {
        var projections = market.start(market.runner().project(new SalesByItem() {
            @Override
            public Uni<Void> apply(View view, List<Event> page) {
                page.forEach(event -> {
                    if (((Sold) event.payload()).item().equals("pear")) {
                        throw new IllegalArgumentException("no pears");
                    }
                });
                return super.apply(view, page);
            }
        }));
        market.append("north", Market.sold("apple", 1), Market.sold("pear", 2), Market.sold("apple", 3));

        awaitParked(projections, 1);

        assertThat(market.view()).containsExactly(Map.entry("north/apple", "1 for 1"));
        assertThat(status(projections).parked().getFirst().error()).contains("no pears");
    }

    @Test
    void errorsOfTheDatabaseParkNobody_andAreTriedAgain() {
        var away = new AtomicBoolean(true);
        var metrics = new SimpleMeterRegistry();
        var projections = market.start(market.runner().metrics(metrics).project(new SalesByItem() {
            @Override
            public Uni<Void> apply(View view, List<Event> page) {
                // Disk full, as PostgreSQL says it.
                return away.get()
                        ? super.apply(view, page)
                                .chain(() -> view.connection()
                                        .query(
                                                "DO $$ BEGIN RAISE EXCEPTION 'no space left' USING ERRCODE = '53100'; END $$")
                                        .execute())
                                .replaceWithVoid()
                        : super.apply(view, page);
            }
        }));
        var last = market.sell("north", 100);
        await().atMost(Market.SOON).until(() -> failures(metrics) >= 3);
        assertThat(market.view()).isEmpty();
        away.set(false);

        assertThat(market.await(projections, last)).isTrue();
        assertThat(market.view()).isEqualTo(market.recount());
        assertThat(status(projections).parked()).isEmpty();
    }

    @Test
    void aParkedOrganizationStaysParked_whenAnotherReplicaTakesOver() {
        var first = market.start(market.runner().project(new SalesByItem()));
        market.append("north", interleaved("north"));
        awaitParked(first, 1);
        market.stop(first);
        var second = market.start(market.runner().project(new SalesByItem()));

        var last = market.sell("north", 10);
        assertThat(market.await(second, last)).isTrue();

        assertThat(market.view()).containsOnlyKeys("north/apple");
        assertThat(status(second).parked()).hasSize(1);
    }

    private static double failures(SimpleMeterRegistry metrics) {
        var counter = metrics.find("centime.projection.failures")
                .tag("fault", "database")
                .counter();
        return counter == null ? 0 : counter.count();
    }

    private static List<NewEvent> interleaved(String organization) {
        return List.of(
                Market.sold("apple", 10),
                Market.sold("apple", 20),
                Market.sold("stolen", -5),
                Market.sold("apple", 30));
    }

    private static void awaitParked(Projections projections, int count) {
        await().atMost(Market.SOON).until(() -> status(projections).parked().size() == count);
    }

    private static String parkedId(Projections projections) {
        return status(projections).parked().getFirst().id();
    }

    private static boolean staleSince(Projections projections, String organization) {
        return projections
                .staleSince("sales", organization)
                .await()
                .atMost(Market.SOON)
                .isPresent();
    }

    private static ProjectionStatus status(Projections projections) {
        return projections.status().await().atMost(Market.SOON).getFirst();
    }
}
