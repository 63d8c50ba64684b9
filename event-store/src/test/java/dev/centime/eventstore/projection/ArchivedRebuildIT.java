package dev.centime.eventstore.projection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.centime.eventstore.archive.ArchiveLog;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A view that is made again from the log is the same, wherever the log is. */
class ArchivedRebuildIT {
    private static final String OLD = "old";

    private final Market market = new Market();

    @TempDir
    Path directory;

    @AfterEach
    void close() {
        market.close();
    }

    @Test
    void acrossWhatWasArchived_equalsARecount() throws Exception {
        market.execute("INSERT INTO log.head (partition, takes_organizations, range_size) VALUES (17, false, 2000)");
        market.execute("INSERT INTO log.organization (organization, partition) VALUES ('" + OLD + "', 17)");
        market.sell(OLD, 5_000);
        market.sell("young", 300);
        // Nobody has read it yet, so that it stays.
        market.execute("INSERT INTO market.projection_position (partition, projection, generation, serving)"
                + " VALUES (17, 'sales', 1, true)");
        assertThat(archive()).contains("stays: market.sales is at 0", "0 ranges");

        var projections =
                market.start(market.runner().log(market.archivedLog(directory)).project(new SalesByItem()));
        await().atMost(Market.SOON).until(() -> market.receipts() == 5_300);
        var recount = market.recount();
        assertThat(archive()).contains("2 ranges");
        market.sell(OLD, 10);
        await().atMost(Market.SOON).until(() -> market.receipts() == 5_310);
        assertThat(market.number("SELECT count(*) FROM log.event WHERE partition = 17"))
                .isEqualTo(1_010);
        var view = market.view();
        market.execute("UPDATE market.sales SET cents = cents + 1 WHERE organization = '" + OLD + "'");

        var id = projections.rebuild("sales").await().atMost(Market.SOON);
        await().atMost(Market.SOON).until(() -> projections.rebuilds().await().atMost(Market.SOON).stream()
                .anyMatch(rebuild -> rebuild.id().equals(id) && rebuild.finishedAt() != null));

        assertThat(market.view()).isEqualTo(view);
        assertThat(market.receipts()).isEqualTo(5_310);
        assertThat(view.keySet()).isEqualTo(recount.keySet());
    }

    private String archive() throws Exception {
        var said = new ByteArrayOutputStream();
        try (var connection = market.database().connect();
                var out = new PrintStream(said, true, StandardCharsets.UTF_8)) {
            var archived = new ArchiveLog(connection, directory, Duration.ZERO, out).run(Instant.now());
            out.println(archived.ranges() + " ranges");
        }
        return said.toString(StandardCharsets.UTF_8);
    }
}
