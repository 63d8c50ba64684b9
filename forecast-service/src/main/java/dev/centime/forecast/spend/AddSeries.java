package dev.centime.forecast.spend;

import dev.centime.eventstore.projection.View;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Tuple;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.UUID;
import java.util.function.Function;

/** Notes what series there are. */
final class AddSeries {
    private AddSeries() {}

    private record Named(String organization, Series series) {}

    static Uni<Void> of(View view, Collection<SpendByQuarterHour.Cell> cells) {
        var sql = """
                INSERT INTO %s (partition, organization, series, grain,
                                provider, model, project, experiment, operation, subject, tags)
                SELECT $1, o, s, g, provider, model, project, experiment, operation, subject, tags::jsonb
                FROM unnest($2::text[], $3::uuid[], $4::text[], $5::text[], $6::text[], $7::text[], $8::text[],
                            $9::text[], $10::text[], $11::text[])
                     AS given (o, s, g, provider, model, project, experiment, operation, subject, tags)
                ON CONFLICT DO NOTHING
                """.formatted(view.table("series"));
        var named = new LinkedHashSet<Named>();
        cells.forEach(cell -> named.add(new Named(cell.organization(), cell.series())));
        var tuple = Tuple.tuple()
                .addInteger(view.partition())
                .addArrayOfString(named.stream().map(Named::organization).toArray(String[]::new))
                .addArrayOfUUID(named.stream().map(n -> n.series.id()).toArray(UUID[]::new))
                .addArrayOfString(texts(named, series -> series.grain().text()))
                .addArrayOfString(texts(named, Series::provider))
                .addArrayOfString(texts(named, Series::model))
                .addArrayOfString(texts(named, Series::project))
                .addArrayOfString(texts(named, Series::experiment))
                .addArrayOfString(texts(named, Series::operation))
                .addArrayOfString(texts(named, Series::subject))
                .addArrayOfString(texts(named, Series::tags));
        return view.connection().preparedQuery(sql).execute(tuple).replaceWithVoid();
    }

    private static String[] texts(
            Collection<Named> named, Function<Series, @org.jspecify.annotations.Nullable String> part) {
        return named.stream().map(n -> part.apply(n.series)).toArray(String[]::new);
    }
}
