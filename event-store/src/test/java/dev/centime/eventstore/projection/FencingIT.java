package dev.centime.eventstore.projection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.centime.eventstore.projection.RunnerProcess.WitnessedSales;
import java.sql.Connection;
import java.sql.SQLException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A runner in another process that is stopped, killed, or comes back too late. */
class FencingIT {
    private final Market market = new Market();

    @AfterEach
    void close() {
        market.close();
    }

    @Test
    void stoppedPastItsLeaseAndContinued_itWritesNothing() throws Exception {
        try (var process = RunnerProcess.start(market);
                var brake = market.database().connect()) {
            await().atMost(Market.SOON).until(() -> led() == 17);
            market.sell("north", 200);
            await().atMost(Market.SOON).until(() -> market.receipts() == 200);
            var before = pagesOf("process");

            stopInTheMiddleOfAPage(process, brake);
            var projections = market.start(market.runner().project(new WitnessedSales("here", false)));
            await().atMost(Market.SOON).until(() -> market.receipts() == 300);
            process.signal("CONT");

            // It lives again and takes its share; what it was in the middle of is gone.
            await().atMost(Market.SOON).until(() -> leaders() == 2);
            assertThat(pagesOf("process")).isEqualTo(before);
            var last = market.sell("north", 50);
            assertThat(market.await(projections, last)).isTrue();
            everythingOnce(350);
        }
    }

    @Test
    void stoppedBetweenPages_itsLeaseIsTaken_andItFoldsNothingMore() throws Exception {
        try (var process = RunnerProcess.start(market)) {
            await().atMost(Market.SOON).until(() -> led() == 17);
            market.sell("north", 100);
            await().atMost(Market.SOON).until(() -> market.receipts() == 100);
            process.signal("STOP");
            var before = pagesOf("process");

            var projections = market.start(market.runner().project(new WitnessedSales("here", false)));
            var last = market.sell("north", 100);
            assertThat(market.await(projections, last)).isTrue();
            process.signal("CONT");

            await().atMost(Market.SOON).until(() -> leaders() == 2);
            assertThat(pagesOf("process")).isEqualTo(before);
            everythingOnce(200);
        }
    }

    @Test
    void killedInTheMiddleOfAPage_nothingIsLostAndNothingTwice() throws Exception {
        try (var process = RunnerProcess.start(market);
                var brake = market.database().connect()) {
            await().atMost(Market.SOON).until(() -> led() == 17);
            holdBack(brake);
            market.sell("north", 300);
            await().atMost(Market.SOON).until(this::standsInTheMiddle);
            process.signal("KILL");
            letGo(brake);

            var projections = market.start(market.runner().project(new WitnessedSales("here", false)));
            var last = market.sell("north", 10);

            assertThat(market.await(projections, last)).isTrue();
            everythingOnce(310);
        }
    }

    @Test
    void killedInTheMiddleOfARebuild_anotherRunnerGoesOnWithIt() throws Exception {
        try (var process = RunnerProcess.start(market);
                var brake = market.database().connect()) {
            await().atMost(Market.SOON).until(() -> led() == 17);
            market.sell("north", 5_000);
            await().atMost(Market.SOON).until(() -> market.receipts() == 5_000);
            // So that what is served after the rebuild is seen to come from the log.
            market.execute("UPDATE market.sales SET cents = cents + 1");
            holdBack(brake);
            // Asked for by a replica that leads nothing.
            var asking =
                    market.runner().project(new WitnessedSales("nobody", false)).build();
            var id = asking.rebuild("sales").await().atMost(Market.SOON);
            await().atMost(Market.SOON).until(this::standsInTheMiddle);
            // Who waits for a lock gives up after two seconds and comes again: nobody may stand there just then.
            await().atMost(Market.SOON).until(() -> {
                letThosePass(brake);
                return rebuilt() > 0;
            });
            await().atMost(Market.SOON).until(this::standsInTheMiddle);
            process.signal("KILL");
            var before = rebuilt();
            letGo(brake);
            assertThat(before).isBetween(1L, 4_999L);
            assertThat(market.receipts()).isEqualTo(5_000);

            var projections = market.start(market.runner().project(new WitnessedSales("here", false)));
            await().atMost(Market.SOON).until(() -> projections.rebuilds().await().atMost(Market.SOON).stream()
                    .anyMatch(rebuild ->
                            rebuild.id().equals(id) && rebuild.state().equals("swapped")));

            assertThat(market.receipts()).isEqualTo(5_000);
            assertThat(market.view()).isEqualTo(market.recount());
            // It went on from where the other one had come.
            assertThat(market.number("SELECT min(first_offset) FROM market.page WHERE writer = 'here'"))
                    .isEqualTo(before + 1);
        }
    }

    /** How far the generation that does not serve yet has come. */
    private long rebuilt() {
        return market.number("SELECT coalesce(max(up_to), 0) FROM market.projection_position WHERE NOT serving");
    }

    private void stopInTheMiddleOfAPage(RunnerProcess process, Connection brake) throws Exception {
        holdBack(brake);
        market.sell("north", 100);
        await().atMost(Market.SOON).until(this::standsInTheMiddle);
        process.signal("STOP");
        letGo(brake);
    }

    private static void holdBack(Connection brake) throws SQLException {
        brake.createStatement().execute("SELECT pg_advisory_lock(" + RunnerProcess.MIDDLE_OF_A_PAGE + ")");
    }

    /** Who stands in the middle of a page ends it, and whoever comes after him stands. */
    private static void letThosePass(Connection brake) throws SQLException {
        brake.createStatement()
                .execute("SELECT pg_advisory_unlock(" + RunnerProcess.MIDDLE_OF_A_PAGE + "), pg_advisory_lock("
                        + RunnerProcess.MIDDLE_OF_A_PAGE + ")");
    }

    private static void letGo(Connection brake) throws SQLException {
        brake.createStatement().execute("SELECT pg_advisory_unlock(" + RunnerProcess.MIDDLE_OF_A_PAGE + ")");
    }

    private boolean standsInTheMiddle() {
        return market.number("SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()"
                        + " AND wait_event = 'advisory'")
                > 0;
    }

    /** Every sale has its receipt, every receipt was written by one page, and the sums are those of the log. */
    private void everythingOnce(long sales) {
        assertThat(market.receipts()).isEqualTo(sales);
        assertThat(market.number("SELECT sum(last_offset - first_offset + 1)::bigint FROM market.page"))
                .isEqualTo(sales);
        assertThat(market.view()).isEqualTo(market.recount());
    }

    private long pagesOf(String writer) {
        return market.number("SELECT count(*) FROM market.page WHERE writer = '" + writer + "'");
    }

    private long led() {
        return market.number("SELECT count(*) FROM market.projection_lease WHERE until > now()");
    }

    private long leaders() {
        return market.number("SELECT count(DISTINCT holder) FROM market.projection_lease WHERE until > now()");
    }
}
