package dev.centime.ingest.view.costs.question;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.HashSet;
import java.util.Set;

/** The days on which an open dimension had so many values that they were not added up. */
final class WideDays {
    private static final String STATEMENT =
            "SELECT bucket FROM ingest.value_width WHERE %s AND dimension = ANY ($1::text[]) AND wide"
                    + " AND bucket > $2::timestamptz - interval '1 day' AND bucket < $3";

    private WideDays() {}

    static Uni<Set<Instant>> of(SqlConnection connection, CostQuestion question, Dimension dimension) {
        var statement = new Statement();
        statement.parameter(dimension.widths());
        statement.parameter(BucketTimes.utc(question.from()));
        statement.parameter(BucketTimes.utc(question.until()));
        var sql = STATEMENT.formatted(question.tenant(statement));
        return connection.preparedQuery(sql).execute(statement.parameters()).map(rows -> {
            var days = new HashSet<Instant>();
            rows.forEach(row -> days.add(row.get(OffsetDateTime.class, "bucket").toInstant()));
            return days;
        });
    }
}
