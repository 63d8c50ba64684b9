package dev.centime.ingest.view.sessions;

import dev.centime.eventstore.projection.View;
import dev.centime.ingest.view.MeasureColumns;
import io.smallrye.mutiny.Uni;
import io.vertx.core.json.JsonArray;
import io.vertx.mutiny.sqlclient.Tuple;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** One statement adds a page's sums to the sessions they are of. */
final class AddToSessions {
    static final String TABLE = "session_total";

    private static final String KEY = "organization, session, subject";

    private static final String STATEMENT =
            "INSERT INTO %s AS kept (partition, " + KEY + ", first_at, last_at, models, " + MeasureColumns.names() + ")"
                    + " SELECT $1, " + KEY + ", first_at, last_at,"
                    + " ARRAY(SELECT jsonb_array_elements_text(added.models::jsonb)), " + MeasureColumns.read("added")
                    + " FROM (SELECT unnest($2::text[]) AS organization, unnest($3::text[]) AS session,"
                    + " unnest($4::text[]) AS subject, unnest($5::timestamptz[]) AS first_at,"
                    + " unnest($6::timestamptz[]) AS last_at, unnest($7::text[]) AS models, "
                    + MeasureColumns.unnested(8) + ") AS added"
                    + " ON CONFLICT (partition, " + KEY + ") DO UPDATE SET"
                    + " first_at = least(kept.first_at, excluded.first_at),"
                    + " last_at = greatest(kept.last_at, excluded.last_at),"
                    + " models = CASE WHEN kept.models @> excluded.models THEN kept.models"
                    + " ELSE (SELECT (array_agg(DISTINCT model ORDER BY model))[1:" + SessionSum.MAX_MODELS + "]"
                    + " FROM unnest(kept.models || excluded.models) AS model) END, "
                    + MeasureColumns.accumulated("kept");

    private AddToSessions() {}

    static Uni<Void> of(View view, Map<SessionKey, SessionSum> sums) {
        if (sums.isEmpty()) {
            return Uni.createFrom().voidItem();
        }
        var keys = sums.keySet();
        var rows = sums.values();
        var tuple = Tuple.tuple()
                .addInteger(view.partition())
                .addArrayOfString(texts(keys, SessionKey::organization))
                .addArrayOfString(texts(keys, SessionKey::session))
                .addArrayOfString(texts(keys, SessionKey::subject))
                .addArrayOfOffsetDateTime(instants(rows, SessionSum::firstAt))
                .addArrayOfOffsetDateTime(instants(rows, SessionSum::lastAt))
                .addArrayOfString(texts(rows, sum -> new JsonArray(List.copyOf(sum.models())).encode()));
        MeasureColumns.add(tuple, rows.stream().map(SessionSum::measures).toList());
        return view.connection()
                .preparedQuery(STATEMENT.formatted(view.table(TABLE)))
                .execute(tuple)
                .replaceWithVoid();
    }

    private static <T> String[] texts(Collection<T> rows, Function<T, String> text) {
        return rows.stream().map(text).toArray(String[]::new);
    }

    private static OffsetDateTime[] instants(Collection<SessionSum> rows, Function<SessionSum, Instant> instant) {
        return rows.stream()
                .map(row -> OffsetDateTime.ofInstant(instant.apply(row), ZoneOffset.UTC))
                .toArray(OffsetDateTime[]::new);
    }
}
