package dev.centime.budget.view.budgetspend;

import dev.centime.budget.event.SpendReserved;
import dev.centime.budget.view.budgetspend.Reservations.Key;
import dev.centime.eventstore.projection.View;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Tuple;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;

/** Holds reservations. */
final class InsertReservations {
    private static final String SQL = """
            INSERT INTO %s (partition, organization, reservation_id, amount, dimensions, made_at, expires_at)
            SELECT $1, r.organization, r.id, r.amount::numeric, r.dimensions::jsonb, r.made_at, r.expires_at
            FROM unnest($2::text[], $3::text[], $4::text[], $5::text[], $6::timestamptz[], $7::timestamptz[])
                AS r (organization, id, amount, dimensions, made_at, expires_at)
            ON CONFLICT (partition, organization, reservation_id) DO NOTHING
            """;

    private InsertReservations() {}

    static Uni<Void> execute(View view, Map<Key, SpendReserved> made) {
        var keys = made.keySet();
        var parameters = Tuple.tuple()
                .addInteger(view.partition())
                .addArrayOfString(keys.stream().map(Key::organization).toArray(String[]::new))
                .addArrayOfString(keys.stream().map(Key::id).toArray(String[]::new))
                .addArrayOfString(texts(made, each -> each.amount().toString()))
                .addArrayOfString(texts(
                        made, each -> Dimensions.of(new TreeMap<>(each.call())).json()))
                .addArrayOfOffsetDateTime(times(made, SpendReserved::at))
                .addArrayOfOffsetDateTime(times(made, SpendReserved::expiresAt));
        return view.connection()
                .preparedQuery(SQL.formatted(view.table("reservation")))
                .execute(parameters)
                .replaceWithVoid();
    }

    private static String[] texts(Map<Key, SpendReserved> made, Function<SpendReserved, String> of) {
        return made.values().stream().map(of).toArray(String[]::new);
    }

    private static OffsetDateTime[] times(Map<Key, SpendReserved> made, Function<SpendReserved, Instant> of) {
        return made.values().stream()
                .map(each -> of.apply(each).atOffset(ZoneOffset.UTC))
                .toArray(OffsetDateTime[]::new);
    }
}
