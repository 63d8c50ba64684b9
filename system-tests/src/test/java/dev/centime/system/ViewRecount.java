package dev.centime.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;
import java.util.TreeMap;

/**
 * What the log and the views of forecast and recommendation hold, read past every service, against a load counted by itself. What
 * ingest and budget hold is asked of their API, which shows it whole.
 */
final class ViewRecount {
    private final Connection database;
    private final Load load;

    ViewRecount(Connection database, Load load) {
        this.database = database;
        this.load = load;
    }

    /** Every record is one event. */
    void ofTheLog() throws SQLException {
        assertThat(figures("SELECT 'events', count(*) FROM log.event WHERE type = 'usage-recorded'"))
                .isEqualTo(Map.of("events", BigDecimal.valueOf(load.records())));
    }

    /** Each grain of the series holds all the spend, and each model's. */
    void ofForecast() throws SQLException {
        for (var grain : new String[] {"total", "cube", "fine"}) {
            var from =
                    " FROM forecast.spend JOIN forecast.series USING (partition, organization, series) WHERE grain = '"
                            + grain + "'";
            same(grain + ", requests", "SELECT 'all', sum(requests)" + from, Map.of("all", load.requests()));
            same(
                    grain + ", days",
                    "SELECT (bucket AT TIME ZONE 'UTC')::date::text, sum(cost)" + from + " GROUP BY 1",
                    load.costByDay());
        }
        same("models", """
                SELECT model, sum(cost) FROM forecast.spend JOIN forecast.series USING (partition, organization, series)
                WHERE grain = 'cube' GROUP BY 1
                """, load.costByModel());
    }

    void ofRecommendation() throws SQLException {
        same("requests", "SELECT 'all', sum(requests) FROM recommendation.usage", Map.of("all", load.requests()));
        same("cost", "SELECT model, sum(cost) FROM recommendation.usage GROUP BY 1", load.costByModel());
        same("tokens", "SELECT model, sum(input + output) FROM recommendation.usage GROUP BY 1", load.tokensByModel());
    }

    private void same(String what, String sql, Map<String, BigDecimal> expected) throws SQLException {
        var found = figures(sql);
        assertThat(found.keySet()).as(what).isEqualTo(expected.keySet());
        expected.forEach((key, value) ->
                assertThat(found.get(key)).as(what + " of " + key).isEqualByComparingTo(value));
    }

    private Map<String, BigDecimal> figures(String sql) throws SQLException {
        try (var statement = database.createStatement();
                var rows = statement.executeQuery(sql)) {
            var found = new TreeMap<String, BigDecimal>();
            while (rows.next()) {
                found.put(rows.getString(1), rows.getBigDecimal(2));
            }
            return found;
        }
    }
}
