package dev.centime.budget.view.budgetspend;

import dev.centime.budget.view.budgetspend.Tally.SpendKey;
import dev.centime.eventstore.projection.View;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Tuple;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Map;

/** Adds amounts to what counts against budgets. */
final class UpsertBudgetSpend {
    private static final String SQL = """
            INSERT INTO %s AS t (partition, organization, budget_id, session, bucket, spend, requests, unpriced)
            SELECT $1, c.organization, c.budget_id, c.session, c.bucket, c.spend::numeric, c.requests, c.unpriced
            FROM unnest($2::text[], $3::text[], $4::text[], $5::timestamptz[], $6::text[], $7::bigint[], $8::bigint[])
                AS c (organization, budget_id, session, bucket, spend, requests, unpriced)
            ON CONFLICT (partition, organization, budget_id, session, bucket) DO UPDATE
            SET spend = t.spend + EXCLUDED.spend,
                requests = t.requests + EXCLUDED.requests,
                unpriced = t.unpriced + EXCLUDED.unpriced
            """;

    private UpsertBudgetSpend() {}

    static Uni<Void> execute(View view, Map<SpendKey, Amounts> additions) {
        var keys = additions.keySet();
        var amounts = additions.values();
        var parameters = Tuple.tuple()
                .addInteger(view.partition())
                .addArrayOfString(keys.stream().map(SpendKey::organization).toArray(String[]::new))
                .addArrayOfString(keys.stream().map(SpendKey::budgetId).toArray(String[]::new))
                .addArrayOfString(keys.stream().map(SpendKey::session).toArray(String[]::new))
                .addArrayOfOffsetDateTime(keys.stream()
                        .map(key -> key.bucket().atOffset(ZoneOffset.UTC))
                        .toArray(OffsetDateTime[]::new))
                .addArrayOfString(
                        amounts.stream().map(each -> each.spend().toString()).toArray(String[]::new))
                .addArrayOfLong(amounts.stream().map(Amounts::requests).toArray(Long[]::new))
                .addArrayOfLong(amounts.stream().map(Amounts::unpriced).toArray(Long[]::new));
        return view.connection()
                .preparedQuery(SQL.formatted(view.table("budget_spend")))
                .execute(parameters)
                .replaceWithVoid();
    }
}
