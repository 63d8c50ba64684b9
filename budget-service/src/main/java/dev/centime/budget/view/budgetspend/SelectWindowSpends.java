package dev.centime.budget.view.budgetspend;

import dev.centime.budget.view.budgetspend.Tally.WindowKey;
import dev.centime.contracts.Money;
import dev.centime.eventstore.projection.View;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Tuple;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What was spent in some windows up to now. */
final class SelectWindowSpends {
    private static final String SQL = """
            SELECT w.nr, sum(s.spend) AS spend
            FROM unnest($2::text[], $3::text[], $4::text[], $5::timestamptz[], $6::timestamptz[])
                WITH ORDINALITY AS w (organization, budget_id, session, from_bucket, to_bucket, nr)
            JOIN %s s ON s.partition = $1 AND s.organization = w.organization AND s.budget_id = w.budget_id
                AND s.session = w.session AND s.bucket >= w.from_bucket AND (w.to_bucket IS NULL OR s.bucket < w.to_bucket)
            GROUP BY w.nr
            """;

    private SelectWindowSpends() {}

    /** @return without the windows in which nothing was */
    static Uni<Map<WindowKey, Money>> execute(View view, List<WindowKey> windows) {
        if (windows.isEmpty()) {
            return Uni.createFrom().item(Map.of());
        }
        var parameters = Tuple.tuple()
                .addInteger(view.partition())
                .addArrayOfString(windows.stream()
                        .map(key -> key.account().organization())
                        .toArray(String[]::new))
                .addArrayOfString(
                        windows.stream().map(key -> key.account().budgetId()).toArray(String[]::new))
                .addArrayOfString(
                        windows.stream().map(key -> key.account().session()).toArray(String[]::new))
                .addArrayOfOffsetDateTime(windows.stream()
                        .map(key -> key.window().start().atOffset(ZoneOffset.UTC))
                        .toArray(OffsetDateTime[]::new))
                .addArrayOfOffsetDateTime(windows.stream()
                        .map(key -> key.window().end() == null
                                ? null
                                : key.window().end().atOffset(ZoneOffset.UTC))
                        .toArray(OffsetDateTime[]::new));
        return view.connection()
                .preparedQuery(SQL.formatted(view.table("budget_spend")))
                .execute(parameters)
                .map(rows -> {
                    var spends = new HashMap<WindowKey, Money>();
                    rows.forEach(row -> spends.put(
                            windows.get(Math.toIntExact(row.getLong("nr")) - 1), Money.of(row.getBigDecimal("spend"))));
                    return spends;
                });
    }
}
