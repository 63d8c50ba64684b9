package dev.centime.benchmarks.costs;

import dev.centime.benchmarks.DurableServer;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;

/**
 * What the overview shows, by {@code GROUP BY} over a row a call: the table of the calls' rows itself, on the same server, found by the
 * index of its key.
 */
final class NaiveGroupBy {
    private static final String CALLS =
            " FROM ingest.usage_detail WHERE partition = ? AND organization = ? AND at >= ? AND at < ?";

    private static final String SUMS =
            "sum(total_cost), sum(input_cost), sum(output_cost), sum(cache_savings), sum(input_tokens),"
                    + " sum(output_tokens), sum(cache_read_tokens), sum(cache_write_tokens), sum(cache_write_1h_tokens), sum(requests),"
                    + " sum(units), sum(latency_ms_sum), sum(latency_count), sum(error_count)";

    private static final String BY_MODEL = "SELECT model, " + SUMS + CALLS + " GROUP BY model";

    private static final String BY_DAY =
            "SELECT (at AT TIME ZONE 'Asia/Kolkata')::date, sum(total_cost), sum(requests)," + " sum(units)" + CALLS
                    + " GROUP BY 1";

    /** By month stands for the periods of a summary, which are made of months, weeks and days. */
    private static final String PERIODS =
            "SELECT date_trunc('month', at AT TIME ZONE 'Asia/Kolkata'), sum(total_cost), sum(requests)" + CALLS
                    + " GROUP BY 1";

    private static final String BY_PROJECT = "SELECT project, sum(total_cost)" + CALLS + " GROUP BY project";

    private final DurableServer server;
    private final String organization;
    private final int partition;

    NaiveGroupBy(DurableServer server, String organization) throws SQLException {
        this.server = server;
        this.organization = organization;
        this.partition = Math.toIntExact(server.number(
                "SELECT partition FROM ingest.value_day WHERE organization = '" + organization + "' LIMIT 1"));
    }

    /** Milliseconds that the answers of one overview take, the median of some rounds. */
    double overviewMs(Instant now, int rounds) throws SQLException {
        var times = new double[rounds];
        for (int round = 0; round < rounds; round++) {
            var started = System.nanoTime();
            run(BY_MODEL, now.minus(Duration.ofDays(30)), now);
            run(BY_DAY, now.minus(Duration.ofDays(30)), now);
            run(PERIODS, now.minus(Duration.ofDays(CallsOfTwoYears.DAYS)), now);
            for (var drivers : List.of(BY_MODEL, BY_PROJECT)) {
                run(drivers, now.minus(Duration.ofDays(15)), now);
            }
            times[round] = (System.nanoTime() - started) / 1e6;
        }
        Arrays.sort(times);
        return times[rounds / 2];
    }

    private void run(String sql, Instant from, Instant until) throws SQLException {
        try (var connection = server.connect();
                var statement = connection.prepareStatement(sql)) {
            statement.setInt(1, partition);
            statement.setString(2, organization);
            statement.setObject(3, OffsetDateTime.ofInstant(from, ZoneOffset.UTC));
            statement.setObject(4, OffsetDateTime.ofInstant(until, ZoneOffset.UTC));
            try (var rows = statement.executeQuery()) {
                while (rows.next()) {
                    rows.getString(1);
                }
            }
        }
    }
}
