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

/** Sums of two periods, one before the other, by the values of a dimension; in one statement. */
public final class CostChanges {
    private CostChanges() {}

    /**
     * What a value comes to in the later period, and what it cost in the one before.
     *
     * @param key null for calls without a value
     * @param compared of the sums, US dollars of what is set beside the period before: all, when all of the later one is over
     */
    public record Change(@Nullable String key, Measures sums, BigDecimal compared, Before before) {
        private static final Change NONE =
                new Change(null, Measures.zero(), BigDecimal.ZERO, new Before(BigDecimal.ZERO, 0));

        /** US dollars more than before; less when negative. */
        public BigDecimal amount() {
            return compared.subtract(before.totalCost());
        }
    }

    /** What is compared of the period before. @param totalCost US dollars */
    public record Before(BigDecimal totalCost, long requests) {}

    /**
     * Two periods to be set beside each other.
     *
     * @param question about everything from the first instant of the earlier one to the end of the later one
     * @param from the first instant of the later one
     */
    public record Both(CostQuestion question, Instant from, EarlierPeriod before) {
        public static Both of(AskedCosts asked) {
            var before = asked.before();
            var later = asked.period();
            // Where nothing is compared yet, nothing of the period before is asked for.
            var first = before.until().equals(before.period().from())
                    ? later.from()
                    : before.period().from();
            return new Both(asked.question().during(first, later.until()), later.from(), before);
        }

        /** The same of costs and calls alone, which takes a fraction of the time of all figures. */
        public Both ofCosts() {
            return new Both(question.asking(List.of("total_cost", "requests")), from, before);
        }

        private List<Instant> cuts() {
            return List.of(before.until(), from, before.laterUntil());
        }
    }

    /**
     * A page of values.
     *
     * @param total of all values, also those on other pages
     * @param more whether there are values after these
     */
    public record Changes(List<Change> page, Change total, boolean more) {}

    /** What values are ordered by. @param expression in SQL, of which {@code value} is the same */
    public record ChangeOrder(String expression, boolean descending, Function<Change, BigDecimal> value) {
        private static final String CHANGE = "compared_total_cost - before_total_cost";

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
     * @param dimension null for one row of everything
     * @param after where the page before ended, null for the first
     */
    public static Uni<Changes> of(
            SqlConnection connection,
            Both both,
            @Nullable Dimension dimension,
            ChangeOrder order,
            CostAnswers.@Nullable After after,
            int limit) {
        var question = both.question();
        return CostRows.of(connection, question, dimension)
                .map(rows -> rows.passingOver(both.before().until(), both.from()))
                .chain(rows -> {
                    var statement = new Statement();
                    var sql = groups(statement, rows, both, dimension) + page(statement, order, after)
                            + " ORDER BY " + order.expression() + (order.descending() ? " DESC" : "") + ", key LIMIT "
                            + statement.parameter(limit + 1);
                    return connection.preparedQuery(sql).execute(statement.parameters());
                })
                .map(rows -> {
                    var page = new ArrayList<Change>();
                    var total = Change.NONE;
                    for (var row : rows) {
                        var key = row.getString("key");
                        page.add(read(question, row, key.isEmpty() ? null : key, ""));
                        total = read(question, row, null, "all_");
                    }
                    var more = page.size() > limit;
                    return new Changes(more ? page.subList(0, limit) : page, total, more);
                });
    }

    /** The totals are taken before the page is cut. */
    private static String groups(Statement statement, CostRows rows, Both both, @Nullable Dimension dimension) {
        var from = time(statement, both.from());
        var until = time(statement, both.before().until());
        var grouped = "SELECT " + (dimension == null ? "''" : "key") + " AS key, "
                + sums(
                        both.question(),
                        from,
                        until,
                        time(statement, both.before().laterUntil())) + " FROM "
                + rows.in(statement, both.cuts()) + " AS calls WHERE bucket < " + until + " OR bucket >= " + from
                + " GROUP BY 1" + rows.having();
        return "SELECT * FROM (SELECT grouped.*, " + totals(both.question()) + " FROM (" + grouped
                + ") AS grouped) AS totalled";
    }

    private static String time(Statement statement, Instant at) {
        return statement.parameter(OffsetDateTime.ofInstant(at, ZoneOffset.UTC));
    }

    private static String sums(CostQuestion question, String from, String until, String laterUntil) {
        var now = question.measures().stream().map(name -> sum(name, "bucket >= " + from, name));
        var compared = Stream.of(
                sum("total_cost", "bucket >= " + from + " AND bucket < " + laterUntil, "compared_total_cost"),
                sum("total_cost", "bucket < " + until, "before_total_cost"),
                sum("requests", "bucket < " + until, "before_requests"));
        return Stream.concat(now, compared).collect(Collectors.joining(", "));
    }

    private static String sum(String column, String when, String name) {
        return "coalesce(sum(" + column + ") FILTER (WHERE " + when + "), 0) AS " + name;
    }

    private static String totals(CostQuestion question) {
        return Stream.concat(
                        question.measures().stream(),
                        Stream.of("compared_total_cost", "before_total_cost", "before_requests"))
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

    private static Change read(CostQuestion question, Row row, @Nullable String key, String prefix) {
        return new Change(
                key,
                Measures.read(name -> question.measures().contains(name) ? row.getBigDecimal(prefix + name) : null),
                row.getBigDecimal(prefix + "compared_total_cost"),
                new Before(
                        row.getBigDecimal(prefix + "before_total_cost"),
                        row.getBigDecimal(prefix + "before_requests").longValueExact()));
    }
}
