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

/** One statement adds a set of cells to a table. */
final class AddToCells {
    private static final String KEY =
            "organization, bucket, subject, provider, model, project, experiment, operation, known_on";

    private static final String STATEMENT =
            "INSERT INTO %s AS cell (partition, " + KEY + ", " + MeasureColumns.names() + ")"
                    + " SELECT $1, " + KEY + ", " + MeasureColumns.read("added")
                    + " FROM (SELECT unnest($2::text[]) AS organization, unnest($3::timestamptz[]) AS bucket,"
                    + " unnest($4::text[]) AS subject, unnest($5::text[]) AS provider, unnest($6::text[]) AS model,"
                    + " unnest($7::text[]) AS project, unnest($8::text[]) AS experiment, unnest($9::text[]) AS operation,"
                    + " unnest($10::date[]) AS known_on, " + MeasureColumns.unnested(11) + ") AS added"
                    + " ON CONFLICT (partition, " + KEY + ") DO UPDATE SET "
                    + MeasureColumns.accumulated("cell");

    private AddToCells() {}

    static Uni<Void> of(View view, String table, Map<Cell, Measures> cells) {
        var keys = List.copyOf(cells.keySet());
        var tuple = Tuple.tuple()
                .addInteger(view.partition())
                .addArrayOfString(texts(keys, Cell::organization))
                .addArrayOfOffsetDateTime(keys.stream()
                        .map(cell -> OffsetDateTime.ofInstant(cell.bucket(), ZoneOffset.UTC))
                        .toArray(OffsetDateTime[]::new))
                .addArrayOfString(texts(keys, Cell::subject))
                .addArrayOfString(texts(keys, Cell::provider))
                .addArrayOfString(texts(keys, Cell::model))
                .addArrayOfString(texts(keys, Cell::project))
                .addArrayOfString(texts(keys, Cell::experiment))
                .addArrayOfString(texts(keys, Cell::operation))
                .addArrayOfLocalDate(keys.stream().map(Cell::knownOn).toArray(LocalDate[]::new));
        MeasureColumns.add(tuple, keys.stream().map(cells::get).toList());
        return view.connection()
                .preparedQuery(STATEMENT.formatted(view.table(table)))
                .execute(tuple)
                .replaceWithVoid();
    }

    private static String[] texts(List<Cell> cells, Function<Cell, String> text) {
        return cells.stream().map(text).toArray(String[]::new);
    }
}
