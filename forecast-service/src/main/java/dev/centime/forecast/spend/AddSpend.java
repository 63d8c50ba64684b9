package dev.centime.forecast.spend;

import dev.centime.eventstore.projection.View;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Tuple;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.UUID;

/** Adds sums to cells. */
final class AddSpend {
    private AddSpend() {}

    static Uni<Void> of(View view, Map<SpendByQuarterHour.Cell, SpendByQuarterHour.Sum> cells) {
        // Amounts go as text: the client's array of numerics would go through its own number type.
        var sql = """
                INSERT INTO %s AS known (partition, organization, series, bucket, cost, requests)
                SELECT $1, o, s, b, c::numeric, r
                FROM unnest($2::text[], $3::uuid[], $4::timestamptz[], $5::text[], $6::bigint[]) AS given (o, s, b, c, r)
                ON CONFLICT (partition, organization, series, bucket) DO UPDATE
                SET cost = known.cost + excluded.cost, requests = known.requests + excluded.requests
                """.formatted(view.table("spend"));
        var keys = cells.keySet();
        var sums = cells.values();
        var tuple = Tuple.tuple()
                .addInteger(view.partition())
                .addArrayOfString(
                        keys.stream().map(SpendByQuarterHour.Cell::organization).toArray(String[]::new))
                .addArrayOfUUID(keys.stream().map(cell -> cell.series().id()).toArray(UUID[]::new))
                .addArrayOfOffsetDateTime(keys.stream()
                        .map(cell -> cell.bucket().atOffset(ZoneOffset.UTC))
                        .toArray(OffsetDateTime[]::new))
                .addArrayOfString(
                        sums.stream().map(sum -> sum.cost().toPlainString()).toArray(String[]::new))
                .addArrayOfLong(
                        sums.stream().map(SpendByQuarterHour.Sum::requests).toArray(Long[]::new));
        return view.connection().preparedQuery(sql).execute(tuple).replaceWithVoid();
    }
}
