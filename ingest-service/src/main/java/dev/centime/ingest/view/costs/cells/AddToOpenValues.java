package dev.centime.ingest.view.costs.cells;

import dev.centime.eventstore.projection.View;
import dev.centime.ingest.view.MeasureColumns;
import dev.centime.ingest.view.Measures;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * One statement adds a set of sums over values of which there may be any number, except on days that have too many of them already, and
 * counts how many there are now.
 */
final class AddToOpenValues {
    static final String WIDTH = "value_width";

    /** Of one dimension on one day. More than that, and the day's calls are read instead. */
    private static final int MAX_VALUES = 1000;

    private static final String KEY = "organization, dimension, bucket, value, known_on";

    // A row that was there has been locked by the update, so its xmax is set.
    private static final String STATEMENT = "WITH added AS (SELECT unnest($2::text[]) AS organization,"
            + " unnest($3::text[]) AS dimension, unnest($4::timestamptz[]) AS bucket, unnest($5::text[]) AS value,"
            + " unnest($6::date[]) AS known_on, " + MeasureColumns.unnested(8) + "),"
            + " kept AS (INSERT INTO %1$s AS cell (partition, " + KEY + ", " + MeasureColumns.names() + ")"
            + " SELECT $1::int, " + KEY + ", " + MeasureColumns.read("added") + " FROM added WHERE NOT EXISTS ("
            + "SELECT FROM %2$s AS width WHERE width.partition = $1 AND width.organization = added.organization"
            + " AND width.dimension IN (added.dimension, split_part(added.dimension, '.', 1))"
            + " AND width.bucket = added.bucket AND width.wide)"
            + " ON CONFLICT (partition, " + KEY + ") DO UPDATE SET " + MeasureColumns.accumulated("cell")
            + " RETURNING organization, dimension, bucket, xmax = 0 AS fresh)"
            + " INSERT INTO %2$s AS width (partition, organization, dimension, bucket, cells, wide)"
            + " SELECT $1::int, organization, dimension, bucket, count(*), count(*) > $7::int FROM kept WHERE fresh GROUP BY 2, 3, 4"
            + " ON CONFLICT (partition, organization, dimension, bucket) DO UPDATE"
            + " SET cells = width.cells + excluded.cells, wide = width.wide OR width.cells + excluded.cells > $7::int"
            + " RETURNING organization, dimension, bucket, wide, xmax = 0 AS fresh";

    private AddToOpenValues() {}

    /**
     * A dimension on a day.
     *
     * @param wide whether it has too many values
     * @param fresh whether it had none before
     */
    record Width(String organization, String dimension, OffsetDateTime bucket, boolean wide, boolean fresh) {
        static Width of(Row row) {
            return new Width(
                    row.getString("organization"),
                    row.getString("dimension"),
                    row.get(OffsetDateTime.class, "bucket"),
                    row.getBoolean("wide"),
                    row.getBoolean("fresh"));
        }
    }

    /** @return the dimensions and days that have values which they did not have before */
    static Uni<List<Width>> of(View view, String table, Map<ValueCell, Measures> cells) {
        if (cells.isEmpty()) {
            return Uni.createFrom().item(List.of());
        }
        var keys = List.copyOf(cells.keySet());
        var tuple = Tuple.tuple()
                .addInteger(view.partition())
                .addArrayOfString(AddToValues.texts(keys, ValueCell::organization))
                .addArrayOfString(AddToValues.texts(keys, ValueCell::dimension))
                .addArrayOfOffsetDateTime(keys.stream()
                        .map(cell -> OffsetDateTime.ofInstant(cell.bucket(), ZoneOffset.UTC))
                        .toArray(OffsetDateTime[]::new))
                .addArrayOfString(AddToValues.texts(keys, ValueCell::value))
                .addArrayOfLocalDate(keys.stream().map(ValueCell::knownOn).toArray(LocalDate[]::new))
                .addInteger(MAX_VALUES);
        MeasureColumns.add(tuple, keys.stream().map(cells::get).toList());
        return view.connection()
                .preparedQuery(STATEMENT.formatted(view.table(table), view.table(WIDTH)))
                .execute(tuple)
                .map(rows -> {
                    var widths = new ArrayList<Width>();
                    rows.forEach(row -> widths.add(Width.of(row)));
                    return widths;
                });
    }
}
