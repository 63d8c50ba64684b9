package dev.centime.ingest.view.costs.cells;

import dev.centime.eventstore.projection.View;
import dev.centime.ingest.view.costs.cells.AddToOpenValues.Width;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Tuple;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;

/** Forgets the sums of days that turned out to have too many values, or too many tags; their calls stay. */
final class DropWideDays {
    private static final String ALL_TAGS = "tag";

    /** Different tags of one organization on one day. More than that, and no tag of the day is added up. */
    private static final int MAX_TAGS = 100;

    private static final String COUNT_TAGS =
            "INSERT INTO %s AS width (partition, organization, dimension, bucket, cells, wide)"
                    + " SELECT $1::int, organization, $2::text, bucket, count(*), count(*) > $3::int"
                    + " FROM unnest($4::text[], $5::timestamptz[]) AS fresh (organization, bucket) GROUP BY 2, 4"
                    + " ON CONFLICT (partition, organization, dimension, bucket) DO UPDATE"
                    + " SET cells = width.cells + excluded.cells, wide = width.wide OR width.cells + excluded.cells > $3::int"
                    + " RETURNING organization, dimension, bucket, wide, false AS fresh";

    private static final String DROP = "DELETE FROM %s AS cell USING unnest($2::text[], $3::text[], $4::timestamptz[])"
            + " AS wide (organization, dimension, bucket) WHERE cell.partition = $1"
            + " AND cell.organization = wide.organization AND cell.bucket = wide.bucket"
            + " AND (cell.dimension = wide.dimension OR wide.dimension = 'tag' AND starts_with(cell.dimension, 'tag.'))";

    private DropWideDays() {}

    /**
     * @param changed what {@link AddToOpenValues} says has new values
     * @return how many days of a dimension turned out so
     */
    static Uni<Integer> of(View view, String table, List<Width> changed) {
        return countTags(view, changed)
                .chain(tags -> drop(
                        view,
                        table,
                        Stream.concat(changed.stream(), tags.stream())
                                .filter(Width::wide)
                                .toList()));
    }

    private static Uni<List<Width>> countTags(View view, List<Width> changed) {
        var fresh = changed.stream()
                .filter(width -> width.fresh() && width.dimension().startsWith(ALL_TAGS + "."))
                .toList();
        if (fresh.isEmpty()) {
            return Uni.createFrom().item(List.of());
        }
        var tuple = Tuple.of(view.partition(), ALL_TAGS, MAX_TAGS)
                .addArrayOfString(texts(fresh, Width::organization))
                .addArrayOfOffsetDateTime(days(fresh));
        return view.connection()
                .preparedQuery(COUNT_TAGS.formatted(view.table(AddToOpenValues.WIDTH)))
                .execute(tuple)
                .map(rows -> {
                    var widths = new ArrayList<Width>();
                    rows.forEach(row -> widths.add(Width.of(row)));
                    return widths;
                });
    }

    private static Uni<Integer> drop(View view, String table, List<Width> wide) {
        if (wide.isEmpty()) {
            return Uni.createFrom().item(0);
        }
        var tuple = Tuple.of(view.partition())
                .addArrayOfString(texts(wide, Width::organization))
                .addArrayOfString(texts(wide, Width::dimension))
                .addArrayOfOffsetDateTime(days(wide));
        return view.connection()
                .preparedQuery(DROP.formatted(view.table(table)))
                .execute(tuple)
                .replaceWith(wide.size());
    }

    private static String[] texts(List<Width> widths, Function<Width, String> text) {
        return widths.stream().map(text).toArray(String[]::new);
    }

    private static OffsetDateTime[] days(List<Width> widths) {
        return widths.stream().map(Width::bucket).toArray(OffsetDateTime[]::new);
    }
}
