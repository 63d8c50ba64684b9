package dev.centime.eventstore.projection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.centime.eventstore.log.Event;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RebuildIT {
    private final Market market = new Market();

    @AfterEach
    void close() {
        market.close();
    }

    @Test
    void underLoadChangesNoAnswer_andEndsEqualToARecount() throws Exception {
        IntStream.range(0, 8).forEach(i -> market.sell("organization-" + i, 1_000));
        market.sell("still", 700);
        var first = market.start(runner());
        market.start(runner());
        await().atMost(Market.SOON).until(() -> market.receipts() == 8_700);
        // Something for the rebuild to mend, so that it is seen to have come from the log and not from the old table.
        market.execute("UPDATE market.sales SET cents = cents + 1 WHERE organization = 'organization-1'");

        var running = new AtomicBoolean(true);
        var threads = Executors.newVirtualThreadPerTaskExecutor();
        // As fast as what is served takes it in: pages are so small here that a writer who waits for nothing leaves
        // every view behind.
        var writer = threads.submit(() -> {
            for (int i = 0; running.get(); i++) {
                assertThat(market.await(first, market.sell("organization-" + i % 8, 20)))
                        .isTrue();
            }
        });
        var answers = new ConcurrentLinkedQueue<Long>();
        var reader = threads.submit(() -> {
            while (running.get()) {
                answers.add(market.number("SELECT sum(sold) FROM market.sales WHERE organization = 'still'"));
            }
        });
        await().atMost(Market.SOON).until(() -> answers.size() > 3);
        var id = first.rebuild("sales").await().atMost(Market.SOON);
        assertThat(first.rebuild("sales").await().atMost(Market.SOON)).isEqualTo(id);

        await().atMost(Market.SOON).until(() -> rebuild(first, id).state().equals("swapped"));
        running.set(false);
        writer.get();
        reader.get();
        threads.close();

        assertThat(answers).containsOnly(700L);
        await().atMost(Market.SOON).until(() -> status(first).lagEvents() == 0);
        assertThat(market.view()).isEqualTo(market.recount());
        assertThat(market.receipts()).isEqualTo(market.number("SELECT count(*) FROM log.event"));
        assertThat(status(first).generation()).isEqualTo(2);
        assertThat(status(first).state()).isEqualTo("running");
        var ended = rebuild(first, id);
        assertThat(ended.done()).isEqualTo(ended.total());
        assertThat(ended.finishedAt()).isNotNull();
    }

    @Test
    void whatIsServedStaysFresh_whileARebuildGoesFromPageToPage() {
        IntStream.range(0, 3).forEach(i -> market.sell("north", 10_000));
        var shop = new SellingWhileRebuilt();
        var projections = market.start(market.runner().project(shop).settings(Market.QUICK.withMaxPageEvents(64)));
        await().atMost(Market.SOON).until(() -> market.receipts() == 30_000);

        rebuildAndAwait(projections);

        assertThat(shop.pagesWhenServed).isBetween(1, shop.pages.get() - 1);
        assertThat(market.view()).isEqualTo(market.recount());
    }

    /** While the first page is rebuilt, a plum is sold. */
    private final class SellingWhileRebuilt extends SalesByItem {
        private final AtomicInteger pages = new AtomicInteger();
        /** How many pages were rebuilt when the plum was folded into what is served. */
        private volatile int pagesWhenServed;

        @Override
        public Uni<Void> apply(View view, List<Event> page) {
            if (view.rebuilding() && pages.incrementAndGet() == 1) {
                return super.apply(view, page)
                        .chain(() -> market.log().append("north", List.of(Market.sold("plum", 1))))
                        .replaceWithVoid();
            }
            if (!view.rebuilding()
                    && page.stream()
                            .anyMatch(event -> ((Sold) event.payload()).item().equals("plum"))) {
                pagesWhenServed = pages.get();
            }
            return super.apply(view, page);
        }
    }

    @Test
    void theNewTablesAreAsSecureAsTheOld_andPartitionedAlike() {
        market.sell("north", 10);
        market.sell("south", 20);
        var projections = market.start(runner());
        await().atMost(Market.SOON).until(() -> market.receipts() == 30);
        var door = market.pool("centime_market", 1);
        assertThat(seen(door, "north")).isEqualTo(10);

        rebuildAndAwait(projections);
        assertThat(market.await(projections, market.sell("south", 5))).isTrue();

        assertThat(seen(door, "")).isZero();
        assertThat(seen(door, "north")).isEqualTo(10);
        assertThat(seen(door, "*")).isEqualTo(35);
        assertThat(market.map("SELECT relname, relkind::text || relforcerowsecurity FROM pg_class"
                        + " WHERE relname IN ('sales', 'receipt') AND relnamespace = 'market'::regnamespace"))
                .containsExactly(Map.entry("receipt", "ptrue"), Map.entry("sales", "rtrue"));
        assertThat(market.number("SELECT count(*) FROM pg_inherits WHERE inhparent = 'market.receipt'::regclass"))
                .isEqualTo(2);
        assertThat(market.number("SELECT count(*) FROM pg_constraint WHERE conrelid = 'market.sales'::regclass"
                        + " AND contype IN ('c', 'p')"))
                .isEqualTo(2);
    }

    @Test
    void theReplacedTablesAreKept_andThenDropped() {
        market.sell("north", 10);
        var projections = market.start(runner());
        await().atMost(Market.SOON).until(() -> market.receipts() == 10);

        rebuildAndAwait(projections);
        assertThat(generationTables()).containsExactlyInAnyOrder("receipt__g1", "sales__g1");
        market.stop(projections);
        market.start(market.runner()
                .project(new SalesByItem())
                .settings(Market.QUICK.withKeepReplaced(Duration.ofMillis(1))));

        await().atMost(Market.SOON).until(() -> generationTables().isEmpty());
        assertThat(market.view()).isEqualTo(market.recount());
    }

    @Test
    void aRebuildGoesOnWhereItWas_whenItsRunnerIsGone() {
        IntStream.range(0, 4).forEach(i -> market.sell("organization-" + i, 2_000));
        var room = new LittleRoom();
        var first = market.start(market.runner().project(room).settings(Market.QUICK.withMaxPageEvents(64)));
        await().atMost(Market.SOON).until(() -> market.receipts() == 8_000);
        var id = first.rebuild("sales").await().atMost(Market.SOON);
        await().atMost(Market.SOON).until(() -> room.pages.get() > LittleRoom.FOR_PAGES);
        assertThat(rebuild(first, id).state()).isEqualTo("filling");
        market.stop(first);
        var folded = market.number(
                "SELECT coalesce(sum(up_to), 0) FROM market.projection_position WHERE generation = 2 AND NOT serving");

        var second = market.start(runner());

        await().atMost(Market.SOON).until(() -> rebuild(second, id).state().equals("swapped"));
        assertThat(folded).isPositive();
        assertThat(market.view()).isEqualTo(market.recount());
        assertThat(market.receipts()).isEqualTo(8_000);
    }

    /** Some pages of a rebuild fit; then the disk is full, as PostgreSQL says it. */
    private static final class LittleRoom extends SalesByItem {
        private static final int FOR_PAGES = 20;
        private final AtomicInteger pages = new AtomicInteger();

        @Override
        public Uni<Void> apply(View view, List<Event> page) {
            return view.rebuilding() && pages.incrementAndGet() > FOR_PAGES
                    ? view.connection()
                            .query("DO $$ BEGIN RAISE EXCEPTION 'no space left' USING ERRCODE = '53100'; END $$")
                            .execute()
                            .replaceWithVoid()
                    : super.apply(view, page);
        }
    }

    @Test
    void aPartitionThatIsAddedMeanwhile_isRebuiltToo() {
        market.sell("north", 100);
        var room = new NoRoom();
        var projections = market.start(market.runner().project(room));
        await().atMost(Market.SOON).until(() -> market.receipts() == 100);
        var id = projections.rebuild("sales").await().atMost(Market.SOON);
        await().atMost(Market.SOON).until(() -> room.tries.get() > 0);

        market.execute("SELECT log.open_partition(17)");
        await().atMost(Market.SOON)
                .until(() -> market.number("SELECT count(*) FROM market.projection_lease WHERE partition = 17") == 1);
        room.full = false;

        await().atMost(Market.SOON).until(() -> rebuild(projections, id).state().equals("swapped"));
        assertThat(market.view()).isEqualTo(market.recount());
    }

    /** No page of a rebuild fits while the disk is full, as PostgreSQL says it. */
    private static final class NoRoom extends SalesByItem {
        private final AtomicInteger tries = new AtomicInteger();
        private volatile boolean full = true;

        @Override
        public Uni<Void> apply(View view, List<Event> page) {
            return full && view.rebuilding() && tries.incrementAndGet() > 0
                    ? view.connection()
                            .query("DO $$ BEGIN RAISE EXCEPTION 'no space left' USING ERRCODE = '53100'; END $$")
                            .execute()
                            .replaceWithVoid()
                    : super.apply(view, page);
        }
    }

    @Test
    void aRebuildWaits_whileItWouldLoseWhatAnOrganizationSees() {
        var projections = market.start(runner());
        market.append("north", Market.sold("apple", 1), Market.garbled(), Market.sold("apple", 2));
        await().atMost(Market.SOON).until(() -> status(projections).parked().size() == 1);
        skipFirst(projections);
        await().atMost(Market.SOON).until(() -> status(projections).parked().isEmpty());

        var id = projections.rebuild("sales").await().atMost(Market.SOON);
        await().atMost(Market.SOON).until(() -> rebuild(projections, id).state().equals("waiting"));
        assertThat(market.view()).containsEntry("north/apple", "2 for 3");
        assertThat(status(projections).parked()).singleElement().satisfies(parked -> assertThat(parked.generation())
                .isEqualTo(2));
        assertThat(projections.staleSince("sales", "north").await().atMost(Market.SOON))
                .isEmpty();
        skipFirst(projections);

        await().atMost(Market.SOON).until(() -> rebuild(projections, id).state().equals("swapped"));
        assertThat(market.view()).containsEntry("north/apple", "2 for 3");
    }

    @Test
    void aRebuildBegins_thoughItsTableWasHeldForLongerThanALockIsWaitedFor() throws SQLException {
        market.sell("north", 10);
        var projections = market.start(runner());
        try (var holder = market.database().connect();
                var statement = holder.createStatement()) {
            holder.setAutoCommit(false);
            statement.execute("LOCK TABLE market.projection_rebuild IN ROW EXCLUSIVE MODE");
            var asked = projections.rebuild("sales").subscribeAsCompletionStage();
            var tries = new HashSet<String>();
            await().atMost(Market.SOON).until(() -> {
                tries.addAll(triesToBegin());
                return tries.size() > 1;
            });
            holder.rollback();

            var id = Uni.createFrom().completionStage(asked).await().atMost(Market.SOON);
            await().atMost(Market.SOON)
                    .until(() -> rebuild(projections, id).state().equals("swapped"));
        }
    }

    /** When those that wait for the lock began to. */
    private java.util.Set<String> triesToBegin() {
        return market.map("SELECT query_start::text, '' FROM pg_stat_activity WHERE datname = current_database()"
                        + " AND wait_event_type = 'Lock' AND query LIKE '%begin_rebuild%'")
                .keySet();
    }

    @Test
    void noSuchProjectionIsRefused() {
        var projections = market.start(runner());

        assertThat(projections
                        .rebuild("no-such")
                        .onFailure(IllegalArgumentException.class)
                        .recoverWithItem("refused")
                        .await()
                        .atMost(Market.SOON))
                .isEqualTo("refused");
    }

    private RunnerBuilder runner() {
        return market.runner().project(new SalesByItem()).settings(Market.QUICK.withMaxPageEvents(64));
    }

    private void rebuildAndAwait(Projections projections) {
        var id = projections.rebuild("sales").await().atMost(Market.SOON);
        await().atMost(Market.SOON).until(() -> rebuild(projections, id).state().equals("swapped"));
    }

    private static void skipFirst(Projections projections) {
        var id = status(projections).parked().getFirst().id();
        projections.skip("sales", id).await().atMost(Market.SOON);
    }

    private static ProjectionStatus.Rebuild rebuild(Projections projections, String id) {
        return projections.rebuilds().await().atMost(Market.SOON).stream()
                .filter(rebuild -> rebuild.id().equals(id))
                .findFirst()
                .orElseThrow();
    }

    private static ProjectionStatus status(Projections projections) {
        return projections.status().await().atMost(Market.SOON).getFirst();
    }

    private java.util.Set<String> generationTables() {
        return market.map("SELECT relname, '' FROM pg_class WHERE relnamespace = 'market'::regnamespace"
                        + " AND relname ~ '__g1$' AND relkind IN ('r', 'p')")
                .keySet();
    }

    /** Sales that a door sees for an organization. */
    private static long seen(Pool door, String organization) {
        return door.withTransaction(connection -> connection
                        .preparedQuery("SELECT set_config('centime.organization', $1, true)")
                        .execute(Tuple.of(organization))
                        .chain(() -> connection
                                .preparedQuery("SELECT coalesce(sum(sold), 0)::bigint FROM market.sales")
                                .execute()))
                .await()
                .atMost(Market.SOON)
                .iterator()
                .next()
                .getLong(0);
    }
}
