package dev.centime.forecast.spend;

import dev.centime.contracts.Money;
import dev.centime.contracts.Scope;
import dev.centime.kit.Period;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.TreeMap;

/** The spend of a scope, from the cells of one grain. */
final class SelectSpend {
    private static final String TAG = "tag.";

    private final StringBuilder where = new StringBuilder();
    private final Tuple parameters = Tuple.tuple();

    /** Of all organizations, unless {@link #of} names one. */
    SelectSpend(Scope scope, Grain grain) {
        where.append("series.grain = ").append(bound(grain.text()));
        scope.filters().forEach(this::filter);
    }

    SelectSpend of(String organization, int partition) {
        where.append(" AND spend.organization = ").append(bound(organization));
        parameters.addInteger(partition);
        where.append(" AND spend.partition = $").append(parameters.size());
        return this;
    }

    private void filter(String dimension, List<String> values) {
        var column =
                switch (dimension) {
                    case "provider", "model", "project", "experiment", "operation" -> "series." + dimension;
                    case "user" -> "series.subject";
                    default -> "series.tags ->> " + bound(dimension.substring(TAG.length())) + "::text";
                };
        parameters.addArrayOfString(values.toArray(String[]::new));
        where.append(" AND ")
                .append(column)
                .append(" = ANY ($")
                .append(parameters.size())
                .append("::text[])");
    }

    private String bound(String text) {
        parameters.addString(text);
        return "$" + parameters.size();
    }

    /** By the days of a period. Where days begin comes from here: PostgreSQL reads some names of zones differently. */
    Uni<SpendDays> byDay(SqlConnection connection, Period period) {
        var sql = "SELECT width_bucket(spend.bucket, $" + (parameters.size() + 1)
                + "::timestamptz[]) - 1 AS day, sum(spend.cost) AS cost";
        parameters.addArrayOfOffsetDateTime(midnights(period));
        return connection
                .preparedQuery(sql + from(period.from(), period.until()) + " GROUP BY 1")
                .execute(parameters)
                .map(rows -> days(rows, period.start()));
    }

    /** Between two instants. */
    Uni<Money> total(SqlConnection connection, Instant from, Instant until) {
        var sql = "SELECT coalesce(sum(spend.cost), 0) AS cost" + from(from, until);
        return connection
                .preparedQuery(sql)
                .execute(parameters)
                .map(rows -> Money.of(rows.iterator().next().getBigDecimal("cost")));
    }

    private String from(Instant from, Instant until) {
        int last = parameters
                .addOffsetDateTime(from.atOffset(ZoneOffset.UTC))
                .addOffsetDateTime(until.atOffset(ZoneOffset.UTC))
                .size();
        return " FROM forecast.series JOIN forecast.spend USING (partition, organization, series) WHERE " + where
                + " AND spend.bucket >= $" + (last - 1) + " AND spend.bucket < $" + last;
    }

    private static OffsetDateTime[] midnights(Period period) {
        return period.start()
                .datesUntil(period.end().plusDays(1))
                .map(day -> day.atStartOfDay(period.zone()).toOffsetDateTime())
                .toArray(OffsetDateTime[]::new);
    }

    private static SpendDays days(RowSet<Row> rows, LocalDate first) {
        var spent = new TreeMap<LocalDate, Money>();
        rows.forEach(row -> spent.put(first.plusDays(row.getInteger("day")), Money.of(row.getBigDecimal("cost"))));
        return new SpendDays(spent);
    }
}
