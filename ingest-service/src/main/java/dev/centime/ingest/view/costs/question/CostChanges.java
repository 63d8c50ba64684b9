package dev.centime.ingest.view.costs.question;

import dev.centime.ingest.view.Measures;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlConnection;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.function.Function;
import java.util.stream.Collectors;
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

    /**
     * What values are ordered by.
     *
     * @param expression in SQL
     * @param columns that are in it
     * @param value the same of a value that was read
     */
    public record ChangeOrder(
            String expression, List<String> columns, boolean descending, Function<Change, BigDecimal> value) {
        private static final String CHANGE = "compared_total_cost - before_total_cost";
        private static final List<String> COMPARED = List.of("compared_total_cost", "before_total_cost");

        public static ChangeOrder byCost(boolean descending) {
            return new ChangeOrder("total_cost", List.of("total_cost"), descending, change -> change.sums()
                    .amount("total_cost"));
        }

        public static ChangeOrder byChange(boolean descending) {
            return new ChangeOrder(CHANGE, COMPARED, descending, Change::amount);
        }

        /** Whether up or down. */
        public static ChangeOrder byDistance() {
            return new ChangeOrder("abs(" + CHANGE + ")", COMPARED, true, change -> change.amount()
                    .abs());
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
                .chain(rows -> page(connection, rows, both, dimension == null ? "''" : "key", order, after, limit))
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

    private static Uni<RowSet<Row>> page(
            SqlConnection connection,
            CostRows rows,
            Both both,
            String key,
            ChangeOrder order,
            CostAnswers.@Nullable After after,
            int limit) {
        var statement = new Statement();
        var page = new GroupPage(statement, order.expression(), order.descending(), after, limit);
        var from = time(statement, both.from());
        var until = time(statement, both.before().until());
        var sums =
                sums(both.question(), from, until, time(statement, both.before().laterUntil()));
        var compared = " WHERE bucket < " + until + " OR bucket >= " + from + " GROUP BY 1";
        var figures = List.copyOf(sums.keySet());
        var all = String.join(", ", sums.values()) + " FROM " + rows.in(statement, both.cuts()) + " AS calls";
        if (!rows.many()) {
            return page.cut(connection, "SELECT " + key + " AS key, " + all + compared + rows.having(), figures);
        }
        var sortedBy = order.columns().stream().map(sums::get).collect(Collectors.joining(", "));
        var ranked = "SELECT key, " + sortedBy + " FROM "
                + rows.ranking(List.of("total_cost")).in(statement, both.cuts()) + " AS calls" + compared
                + rows.having();
        return page.ranked(
                connection,
                ranked,
                "SELECT page.key, " + all + " LEFT JOIN page ON page.key = calls.key" + compared,
                figures);
    }

    private static String time(Statement statement, Instant at) {
        return statement.parameter(OffsetDateTime.ofInstant(at, ZoneOffset.UTC));
    }

    /** By their names. */
    private static SequencedMap<String, String> sums(
            CostQuestion question, String from, String until, String laterUntil) {
        var sums = new LinkedHashMap<String, String>();
        question.measures().forEach(name -> put(sums, name, name, "bucket >= " + from));
        put(sums, "compared_total_cost", "total_cost", "bucket >= " + from + " AND bucket < " + laterUntil);
        put(sums, "before_total_cost", "total_cost", "bucket < " + until);
        put(sums, "before_requests", "requests", "bucket < " + until);
        return sums;
    }

    private static void put(Map<String, String> sums, String name, String column, String when) {
        sums.put(name, "coalesce(sum(" + column + ") FILTER (WHERE " + when + "), 0) AS " + name);
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
