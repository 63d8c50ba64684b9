package dev.centime.ingest.view.costs.question;

import dev.centime.ingest.view.Measures;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlConnection;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The statements that answer questions of cost, one method each. */
public final class CostAnswers {
    private CostAnswers() {}

    /**
     * Sums of one value of a dimension.
     *
     * @param key null for calls without a value
     */
    public record Group(@Nullable String key, Measures sums) {}

    /**
     * A page of groups.
     *
     * @param total of all groups, also those on other pages
     * @param more whether there are groups after these
     */
    public record Groups(List<Group> page, Measures total, boolean more) {}

    /** Where a page of groups ended: the value sorted by and the key, the empty text for none. */
    public record After(BigDecimal value, String key) {
        static After of(List<String> keys) {
            return new After(new BigDecimal(keys.getFirst()), keys.getLast());
        }
    }

    /** Everything in one sum. */
    public static Uni<Measures> total(SqlConnection connection, CostQuestion question) {
        var statement = new Statement();
        var sql = "SELECT " + Measures.SUMS + " FROM " + CostRows.of(statement, question, null, true) + " AS calls";
        return connection
                .preparedQuery(sql)
                .execute(statement.parameters())
                .map(rows -> read(rows.iterator().next(), ""));
    }

    /**
     * Sums between neighbouring instants.
     *
     * @param starts ascending; the first is the question's {@code from}
     * @return one for each start
     */
    public static Uni<List<Measures>> byTime(SqlConnection connection, CostQuestion question, List<Instant> starts) {
        var statement = new Statement();
        var byDays = starts.stream()
                .allMatch(start -> start.truncatedTo(ChronoUnit.DAYS).equals(start));
        var bounds = statement.parameter(starts.stream()
                .map(start -> OffsetDateTime.ofInstant(start, ZoneOffset.UTC))
                .toArray(OffsetDateTime[]::new));
        var sql = "SELECT width_bucket(bucket, " + bounds + "::timestamptz[]) AS place, " + Measures.SUMS + " FROM "
                + CostRows.of(statement, question, null, byDays) + " AS calls GROUP BY 1";
        return connection.preparedQuery(sql).execute(statement.parameters()).map(rows -> {
            var sums = new ArrayList<Measures>(starts.size());
            starts.forEach(start -> sums.add(Measures.zero()));
            rows.forEach(row -> sums.set(row.getInteger("place") - 1, read(row, "")));
            return sums;
        });
    }

    /**
     * Sums by the values of a dimension, the first of an order first, equal ones by key.
     *
     * @param after where the page before ended, null for the first
     */
    public static Uni<Groups> byDimension(
            SqlConnection connection,
            CostQuestion question,
            Dimension dimension,
            Order order,
            @Nullable After after,
            int limit) {
        var statement = new Statement();
        var key = dimension.value(statement);
        var grouped = "SELECT " + key + " AS key, " + Measures.SUMS + " FROM "
                + CostRows.of(statement, question, dimension, true) + " AS calls GROUP BY 1";
        // The totals are taken before the page is cut.
        var totalled = "SELECT grouped.*, " + totals() + " FROM (" + grouped + ") AS grouped";
        var sql = "SELECT * FROM (" + totalled + ") AS totalled" + page(statement, order, after) + " ORDER BY "
                + order.expression() + " DESC, key LIMIT " + statement.parameter(limit + 1);
        return connection.preparedQuery(sql).execute(statement.parameters()).map(rows -> {
            var groups = new ArrayList<Group>();
            var total = Measures.zero();
            for (var row : rows) {
                var value = row.getString("key");
                groups.add(new Group(value.isEmpty() ? null : value, read(row, "")));
                total = read(row, "all_");
            }
            var more = groups.size() > limit;
            return new Groups(more ? groups.subList(0, limit) : groups, total, more);
        });
    }

    private static String totals() {
        return Measures.ALL.stream()
                .map(name -> "sum(" + name + ") OVER () AS all_" + name)
                .collect(java.util.stream.Collectors.joining(", "));
    }

    private static String page(Statement statement, Order order, @Nullable After after) {
        if (after == null) {
            return "";
        }
        // As text: a numeric of its own would lose nothing, but a bigint column would not take it.
        var value = statement.parameter(after.value().toPlainString()) + "::text::numeric";
        return " WHERE " + order.expression() + " < " + value + " OR " + order.expression() + " = " + value
                + " AND key > "
                + statement.parameter(after.key()) + "::text";
    }

    private static Measures read(Row row, String prefix) {
        return Measures.read(name -> row.getBigDecimal(prefix + name));
    }
}
