package dev.centime.ingest.view.costs.cells;

import dev.centime.eventstore.projection.View;
import dev.centime.ingest.view.MeasureColumns;
import dev.centime.ingest.view.Measures;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Tuple;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** One statement adds a set of sums over single values to a table. */
final class AddToValues {
    private static final String KEY = "organization, dimension, bucket, value, known_on";

    private static final String STATEMENT = "INSERT INTO %s AS cell (partition, " + KEY + ", " + MeasureColumns.names()
            + ") SELECT $1, " + KEY + ", " + MeasureColumns.read("added")
            + " FROM (SELECT unnest($2::text[]) AS organization, unnest($3::text[]) AS dimension,"
            + " unnest($4::timestamptz[]) AS bucket, unnest($5::text[]) AS value, unnest($6::date[]) AS known_on, "
            + MeasureColumns.unnested(7) + ") AS added"
            + " ON CONFLICT (partition, " + KEY + ") DO UPDATE SET " + MeasureColumns.accumulated("cell");

    private AddToValues() {}

    static Uni<Void> of(View view, String table, Map<ValueCell, Measures> cells) {
        var keys = List.copyOf(cells.keySet());
        var tuple = Tuple.tuple()
                .addInteger(view.partition())
                .addArrayOfString(texts(keys, ValueCell::organization))
                .addArrayOfString(texts(keys, ValueCell::dimension))
                .addArrayOfOffsetDateTime(keys.stream()
                        .map(cell -> OffsetDateTime.ofInstant(cell.bucket(), ZoneOffset.UTC))
                        .toArray(OffsetDateTime[]::new))
                .addArrayOfString(texts(keys, ValueCell::value))
                .addArrayOfLocalDate(keys.stream().map(ValueCell::knownOn).toArray(LocalDate[]::new));
        MeasureColumns.add(tuple, keys.stream().map(cells::get).toList());
        return view.connection()
                .preparedQuery(STATEMENT.formatted(view.table(table)))
                .execute(tuple)
                .replaceWithVoid();
    }

    static String[] texts(List<ValueCell> cells, Function<ValueCell, String> text) {
        return cells.stream().map(text).toArray(String[]::new);
    }
}
