package dev.centime.ingest.view.costs.question;

import dev.centime.ingest.view.Measures;
import dev.centime.kit.PageEnd;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlConnection;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
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
        /** For {@link dev.centime.kit.Query#cursor}. */
        public static After of(PageEnd end) {
            return new After(end.amount(), end.text());
        }
    }

    /** Everything in one sum. */
    public static Uni<Measures> total(SqlConnection connection, CostQuestion question) {
        return CostRows.of(connection, question, null)
                .chain(rows -> {
                    var statement = new Statement();
                    var sql = "SELECT " + Measures.sums(question.measures()) + " FROM " + rows.in(statement, List.of())
                            + " AS calls";
                    return connection.preparedQuery(sql).execute(statement.parameters());
                })
                .map(rows -> read(question, rows.iterator().next(), ""));
    }

    /**
     * Sums between neighbouring instants.
     *
     * @param starts ascending; the first is the question's {@code from}
     * @return one for each start
     */
    public static Uni<List<Measures>> byTime(SqlConnection connection, CostQuestion question, List<Instant> starts) {
        return CostRows.of(connection, question, null)
                .chain(rows -> {
                    var statement = new Statement();
                    var bounds = statement.parameter(starts.stream()
                            .map(start -> OffsetDateTime.ofInstant(start, ZoneOffset.UTC))
                            .toArray(OffsetDateTime[]::new));
                    var sql = "SELECT width_bucket(bucket, " + bounds + "::timestamptz[]) AS place, "
                            + Measures.sums(question.measures()) + " FROM " + rows.in(statement, starts)
                            + " AS calls GROUP BY 1";
                    return connection.preparedQuery(sql).execute(statement.parameters());
                })
                .map(rows -> {
                    var sums = new ArrayList<Measures>(starts.size());
                    starts.forEach(start -> sums.add(Measures.zero()));
                    rows.forEach(row -> sums.set(row.getInteger("place") - 1, read(question, row, "")));
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
        return CostRows.of(connection, question, dimension)
                .chain(rows -> {
                    var statement = new Statement();
                    var sql = groups(statement, rows, question) + page(statement, order, after) + " ORDER BY "
                            + order.expression() + (order.descending() ? " DESC" : "") + ", key LIMIT "
                            + statement.parameter(limit + 1);
                    return connection.preparedQuery(sql).execute(statement.parameters());
                })
                .map(rows -> {
                    var groups = new ArrayList<Group>();
                    var total = Measures.zero();
                    for (var row : rows) {
                        var value = row.getString("key");
                        groups.add(new Group(value.isEmpty() ? null : value, read(question, row, "")));
                        total = read(question, row, "all_");
                    }
                    var more = groups.size() > limit;
                    return new Groups(more ? groups.subList(0, limit) : groups, total, more);
                });
    }

    /** The totals are taken before the page is cut. */
    private static String groups(Statement statement, CostRows rows, CostQuestion question) {
        var grouped = "SELECT key, " + Measures.sums(question.measures()) + " FROM " + rows.in(statement, List.of())
                + " AS calls GROUP BY 1" + rows.having();
        return "SELECT * FROM (SELECT grouped.*, " + totals(question) + " FROM (" + grouped
                + ") AS grouped) AS totalled";
    }

    private static String totals(CostQuestion question) {
        return question.measures().stream()
                .map(name -> "sum(" + name + ") OVER () AS all_" + name)
                .collect(Collectors.joining(", "));
    }

    private static String page(Statement statement, Order order, @Nullable After after) {
        if (after == null) {
            return "";
        }
        // As text: a numeric of its own would lose nothing, but a bigint column would not take it.
        var value = statement.parameter(after.value().toPlainString()) + "::text::numeric";
        return " WHERE " + order.expression() + (order.descending() ? " < " : " > ") + value + " OR "
                + order.expression() + " = " + value
                + " AND key > "
                + statement.parameter(after.key()) + "::text";
    }

    private static Measures read(CostQuestion question, Row row, String prefix) {
        return Measures.read(name -> question.measures().contains(name) ? row.getBigDecimal(prefix + name) : null);
    }
}
