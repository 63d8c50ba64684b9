package dev.centime.ingest.view.costs.question;

import dev.centime.ingest.view.Measures;
import dev.centime.kit.PageEnd;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlConnection;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
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
                .chain(rows -> page(connection, rows, question, order, after, limit))
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

    private static Uni<RowSet<Row>> page(
            SqlConnection connection,
            CostRows rows,
            CostQuestion question,
            Order order,
            @Nullable After after,
            int limit) {
        var statement = new Statement();
        var page = new GroupPage(statement, order.expression(), order.descending(), after, limit);
        var figures = question.measures();
        if (!rows.many()) {
            return page.cut(connection, groups(statement, rows, figures), figures);
        }
        var summed = "SELECT page.key, " + Measures.sums(figures) + " FROM " + rows.in(statement, List.of())
                + " AS calls LEFT JOIN page ON page.key = calls.key GROUP BY 1";
        return page.ranked(
                connection, groups(statement, rows.ranking(order.columns()), order.columns()), summed, figures);
    }

    private static String groups(Statement statement, CostRows rows, List<String> figures) {
        return "SELECT key, " + Measures.sums(figures) + " FROM " + rows.in(statement, List.of())
                + " AS calls GROUP BY 1" + rows.having();
    }

    private static Measures read(CostQuestion question, Row row, String prefix) {
        return Measures.read(name -> question.measures().contains(name) ? row.getBigDecimal(prefix + name) : null);
    }
}
