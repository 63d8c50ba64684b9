package dev.centime.ingest.view.calls;

import static dev.centime.ingest.view.Contribution.keyed;

import dev.centime.eventstore.log.Event;
import dev.centime.eventstore.projection.View;
import dev.centime.ingest.view.Contribution;
import dev.centime.ingest.view.DetailHorizon;
import dev.centime.ingest.view.MeasureColumns;
import io.smallrye.mutiny.Uni;
import io.vertx.core.json.JsonObject;
import io.vertx.mutiny.sqlclient.Tuple;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** One narrow row an event. */
final class InsertDetails {
    static final String TABLE = "usage_detail";

    private static final String COLUMNS =
            "organization, at, log_offset, recorded_at, record_id, source, correction, subject, "
                    + "provider, model, project, experiment, operation, session, run, tags, prompt, retry_of";

    private static final String STATEMENT = "INSERT INTO %s (partition, " + COLUMNS + ", " + MeasureColumns.names()
            + ")"
            + " SELECT $1, organization, at, log_offset, recorded_at, record_id, source, correction, subject, provider, model,"
            + " project, experiment, operation, session, run, tags::jsonb, prompt, retry_of, "
            + MeasureColumns.readSparse("added")
            + " FROM (SELECT unnest($2::text[]) AS organization, unnest($3::timestamptz[]) AS at,"
            + " unnest($4::bigint[]) AS log_offset, unnest($5::timestamptz[]) AS recorded_at, unnest($6::text[]) AS record_id,"
            + " unnest($7::text[]) AS source, unnest($8::boolean[]) AS correction, unnest($9::text[]) AS subject,"
            + " unnest($10::text[]) AS provider, unnest($11::text[]) AS model, unnest($12::text[]) AS project,"
            + " unnest($13::text[]) AS experiment, unnest($14::text[]) AS operation, unnest($15::text[]) AS session,"
            + " unnest($16::text[]) AS run, unnest($17::text[]) AS tags, unnest($18::text[]) AS prompt, unnest($19::text[]) AS retry_of, "
            + MeasureColumns.unnested(20) + ") AS added";

    private InsertDetails() {}

    /**
     * What is older than its organization keeps calls is left out: it would be deleted tonight, and a rebuild would write again all that ever
     * was. Whatever it leaves out, nobody may ask for (GoneDays), so that what is read depends on the events alone.
     *
     * @return how many rows were left out
     */
    static Uni<Integer> of(View view, List<Event> page) {
        var all = page.stream().map(Contribution::of).toList();
        var organizations = all.stream().map(row -> row.stored().organization()).collect(Collectors.toSet());
        return DetailHorizon.of(view.connection(), view.partition(), organizations)
                .chain(horizons -> {
                    var rows = all.stream().filter(row -> kept(row, horizons)).toList();
                    return insert(view, rows).replaceWith(all.size() - rows.size());
                });
    }

    private static boolean kept(Contribution row, Map<String, Instant> horizons) {
        var before = horizons.get(row.stored().organization());
        return before == null || !row.at().isBefore(before);
    }

    private static Uni<Void> insert(View view, List<Contribution> rows) {
        if (rows.isEmpty()) {
            return Uni.createFrom().voidItem();
        }
        var tuple = Tuple.tuple()
                .addInteger(view.partition())
                .addArrayOfString(texts(rows, row -> row.stored().organization()))
                .addArrayOfOffsetDateTime(instants(rows, Contribution::at))
                .addArrayOfLong(rows.stream().map(row -> row.stored().offset()).toArray(Long[]::new))
                .addArrayOfOffsetDateTime(instants(rows, row -> row.stored().recordedAt()))
                .addArrayOfString(texts(rows, Contribution::recordId))
                .addArrayOfString(texts(rows, Contribution::source))
                .addArrayOfBoolean(rows.stream().map(Contribution::correction).toArray(Boolean[]::new))
                .addArrayOfString(texts(rows, row -> keyed(row.attribution().subject())))
                .addArrayOfString(texts(rows, row -> keyed(row.model().provider())))
                .addArrayOfString(texts(rows, row -> row.model().name()))
                .addArrayOfString(texts(rows, row -> keyed(row.attribution().project())))
                .addArrayOfString(texts(rows, row -> keyed(row.attribution().experiment())))
                .addArrayOfString(texts(rows, row -> keyed(row.attribution().operation())))
                .addArrayOfString(texts(rows, row -> keyed(row.attribution().session())))
                .addArrayOfString(texts(rows, row -> keyed(row.attribution().run())))
                .addArrayOfString(texts(rows, row -> json(row.attribution().tags())))
                .addArrayOfString(texts(rows, Contribution::prompt))
                .addArrayOfString(texts(rows, Contribution::retryOf));
        MeasureColumns.add(tuple, rows.stream().map(Contribution::measures).toList());
        return view.connection()
                .preparedQuery(STATEMENT.formatted(view.table(TABLE)))
                .execute(tuple)
                .replaceWithVoid();
    }

    private static String[] texts(List<Contribution> rows, Function<Contribution, @Nullable String> text) {
        return rows.stream().map(text).toArray(String[]::new);
    }

    private static OffsetDateTime[] instants(List<Contribution> rows, Function<Contribution, Instant> instant) {
        return rows.stream()
                .map(row -> OffsetDateTime.ofInstant(instant.apply(row), ZoneOffset.UTC))
                .toArray(OffsetDateTime[]::new);
    }

    private static @Nullable String json(Map<String, String> tags) {
        return tags.isEmpty() ? null : new JsonObject(Map.copyOf(tags)).encode();
    }
}
