package dev.centime.ingest.view.costs.question;

import dev.centime.ingest.view.Measures;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlConnection;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Sums of two periods, one right before the other, by the values of a dimension; in one statement. */
public final class CostChanges {
    private CostChanges() {}

    /**
     * What a value comes to in the later period, and what it cost in the one before.
     *
     * @param key null for calls without a value
     */
    public record Change(@Nullable String key, Measures sums, Before before) {
        /** US dollars more than before; less when negative. */
        public BigDecimal amount() {
            return sums.amount("total_cost").subtract(before.totalCost());
        }
    }

    /** The period before. @param totalCost US dollars */
    public record Before(BigDecimal totalCost, long requests) {}

    /**
     * A page of values.
     *
     * @param total of all values, also those on other pages
     * @param more whether there are values after these
     */
    public record Changes(List<Change> page, Change total, boolean more) {}

    /** What values are ordered by. @param expression in SQL, of which {@code value} is the same */
    public record ChangeOrder(String expression, boolean descending, Function<Change, BigDecimal> value) {
        private static final String CHANGE = "total_cost - before_total_cost";

        public static ChangeOrder byCost(boolean descending) {
            return new ChangeOrder(
                    "total_cost", descending, change -> change.sums().amount("total_cost"));
        }

        public static ChangeOrder byChange(boolean descending) {
            return new ChangeOrder(CHANGE, descending, Change::amount);
        }

        /** Whether up or down. */
        public static ChangeOrder byDistance() {
            return new ChangeOrder(
                    "abs(" + CHANGE + ")", true, change -> change.amount().abs());
        }
    }

    /**
     * @param both about both periods, from the first instant of the one before
     * @param split the first instant of the later one
     * @param dimension null for one row of everything
     * @param after where the page before ended, null for the first
     */
    public static Uni<Changes> of(
            SqlConnection connection,
            CostQuestion both,
            Instant split,
            @Nullable Dimension dimension,
            ChangeOrder order,
            CostAnswers.@Nullable After after,
            int limit) {
        return CostRows.of(connection, both, dimension)
                .chain(rows -> {
                    var statement = new Statement();
                    var sql = groups(statement, rows, both, split, dimension) + page(statement, order, after)
                            + " ORDER BY " + order.expression() + (order.descending() ? " DESC" : "") + ", key LIMIT "
                            + statement.parameter(limit + 1);
                    return connection.preparedQuery(sql).execute(statement.parameters());
                })
                .map(rows -> {
                    var page = new ArrayList<Change>();
                    var total = new Change(null, Measures.zero(), new Before(BigDecimal.ZERO, 0));
                    for (var row : rows) {
                        var key = row.getString("key");
                        page.add(read(both, row, key.isEmpty() ? null : key, ""));
                        total = read(both, row, null, "all_");
                    }
                    var more = page.size() > limit;
                    return new Changes(more ? page.subList(0, limit) : page, total, more);
                });
    }

    /** The totals are taken before the page is cut. */
    private static String groups(
            Statement statement, CostRows rows, CostQuestion both, Instant split, @Nullable Dimension dimension) {
        var boundary = statement.parameter(OffsetDateTime.ofInstant(split, ZoneOffset.UTC));
        var grouped = "SELECT " + (dimension == null ? "''" : "key") + " AS key, " + sums(both, boundary) + " FROM "
                + rows.in(statement, List.of(split)) + " AS calls GROUP BY 1" + rows.having();
        return "SELECT * FROM (SELECT grouped.*, " + totals(both) + " FROM (" + grouped + ") AS grouped) AS totalled";
    }

    private static String sums(CostQuestion both, String boundary) {
        var now = both.measures().stream().map(name -> sum(name, ">=", boundary, name));
        var before = Stream.of("total_cost", "requests").map(name -> sum(name, "<", boundary, "before_" + name));
        return Stream.concat(now, before).collect(Collectors.joining(", "));
    }

    private static String sum(String column, String side, String boundary, String name) {
        return "coalesce(sum(" + column + ") FILTER (WHERE bucket " + side + " " + boundary + "), 0) AS " + name;
    }

    private static String totals(CostQuestion both) {
        return Stream.concat(both.measures().stream(), Stream.of("before_total_cost", "before_requests"))
                .map(name -> "sum(" + name + ") OVER () AS all_" + name)
                .collect(Collectors.joining(", "));
    }

    private static String page(Statement statement, ChangeOrder order, CostAnswers.@Nullable After after) {
        if (after == null) {
            return "";
        }
        var value = statement.parameter(after.value().toPlainString()) + "::text::numeric";
        return " WHERE " + order.expression() + (order.descending() ? " < " : " > ") + value + " OR "
                + order.expression() + " = " + value + " AND key > " + statement.parameter(after.key()) + "::text";
    }

    private static Change read(CostQuestion both, Row row, @Nullable String key, String prefix) {
        return new Change(
                key,
                Measures.read(name -> both.measures().contains(name) ? row.getBigDecimal(prefix + name) : null),
                new Before(
                        row.getBigDecimal(prefix + "before_total_cost"),
                        row.getBigDecimal(prefix + "before_requests").longValueExact()));
    }
}
