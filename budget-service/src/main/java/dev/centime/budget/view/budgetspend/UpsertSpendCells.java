package dev.centime.budget.view.budgetspend;

import dev.centime.budget.Charge;
import dev.centime.eventstore.projection.View;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Tuple;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Adds charges to the cells of their quarter of an hour and dimensions. */
final class UpsertSpendCells {
    private static final String SQL = """
            INSERT INTO %s AS t (partition, organization, bucket, dimensions_id, dimensions, spend, requests, unpriced)
            SELECT $1, c.organization, c.bucket, c.dimensions_id, c.dimensions::jsonb, c.spend::numeric, c.requests, c.unpriced
            FROM unnest($2::text[], $3::timestamptz[], $4::uuid[], $5::text[], $6::text[], $7::bigint[], $8::bigint[])
                AS c (organization, bucket, dimensions_id, dimensions, spend, requests, unpriced)
            ON CONFLICT (partition, organization, bucket, dimensions_id) DO UPDATE
            SET spend = t.spend + EXCLUDED.spend,
                requests = t.requests + EXCLUDED.requests,
                unpriced = t.unpriced + EXCLUDED.unpriced
            """;

    private UpsertSpendCells() {}

    private record Key(String organization, Instant bucket, Dimensions dimensions) {}

    static Uni<Void> execute(View view, List<Charge> charges) {
        Map<Key, Amounts> cells = new LinkedHashMap<>();
        charges.forEach(charge -> cells.merge(
                new Key(charge.organization(), charge.quarterHour(), Dimensions.of(charge.call())),
                Amounts.of(charge),
                Amounts::plus));
        var keys = cells.keySet();
        var amounts = cells.values();
        var parameters = Tuple.tuple()
                .addInteger(view.partition())
                .addArrayOfString(keys.stream().map(Key::organization).toArray(String[]::new))
                .addArrayOfOffsetDateTime(keys.stream()
                        .map(key -> key.bucket().atOffset(ZoneOffset.UTC))
                        .toArray(OffsetDateTime[]::new))
                .addArrayOfUUID(keys.stream().map(key -> key.dimensions().id()).toArray(UUID[]::new))
                .addArrayOfString(
                        keys.stream().map(key -> key.dimensions().json()).toArray(String[]::new))
                .addArrayOfString(
                        amounts.stream().map(each -> each.spend().toString()).toArray(String[]::new))
                .addArrayOfLong(amounts.stream().map(Amounts::requests).toArray(Long[]::new))
                .addArrayOfLong(amounts.stream().map(Amounts::unpriced).toArray(Long[]::new));
        return view.connection()
                .preparedQuery(SQL.formatted(view.table("spend_cell")))
                .execute(parameters)
                .replaceWithVoid();
    }
}
