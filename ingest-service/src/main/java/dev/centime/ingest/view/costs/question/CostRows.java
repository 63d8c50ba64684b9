package dev.centime.ingest.view.costs.question;

import dev.centime.ingest.view.MeasureColumns;
import dev.centime.ingest.view.costs.question.Dimension.Place;
import dev.centime.kit.Problem;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The rows that a question is answered from, as a subselect with a bucket, the dimensions and the measures: cells by day for the
 * whole days inside, by quarter hour at the edges; detail rows where the cells do not know a dimension.
 */
final class CostRows {
    /** Detail rows are read one by one, so that what is asked of them is bounded. */
    static final int MAX_DETAIL_DAYS = 366;

    private static final String DIMENSIONS = "organization, subject, provider, model, project, experiment, operation";
    private static final String DETAIL_DIMENSIONS = "session, run, tags, source, record_id";

    private final Statement statement;
    private final CostQuestion question;
    private final Place place;
    private final String condition;

    private CostRows(Statement statement, CostQuestion question, Place place, String condition) {
        this.statement = statement;
        this.question = question;
        this.place = place;
        this.condition = condition;
    }

    /**
     * @param groupedBy a dimension to group by, null for none
     * @param byDays whether days of UTC may stand for what is inside them: not when it is cut finer
     * @throws Problem 400 when a question of detail spans too many days
     */
    static String of(Statement statement, CostQuestion question, @Nullable Dimension groupedBy, boolean byDays) {
        var filters = question.scope().filters().keySet().stream().map(Dimension::known);
        var place = Stream.concat(filters, Stream.ofNullable(groupedBy))
                .map(Dimension::place)
                .max(java.util.Comparator.naturalOrder())
                .orElse(Place.CELLS);
        var condition = groupedBy == null || groupedBy.rows() == null ? "" : " AND (" + groupedBy.rows() + ")";
        return "(" + String.join(" UNION ALL ", new CostRows(statement, question, place, condition).parts(byDays))
                + ")";
    }

    private List<String> parts(boolean byDays) {
        if (place == Place.DETAIL) {
            if (Duration.between(question.from(), question.until()).toDays() > MAX_DETAIL_DAYS) {
                throw Problem.badRequest(
                        "start_date",
                        "must be at most " + MAX_DETAIL_DAYS
                                + " days before end_date for session, run, tags and single calls");
            }
            return List.of(detail(question.asOf() == null ? "" : " AND recorded_at <= " + instant(question.asOf())));
        }
        var parts = new ArrayList<String>();
        addCells(parts, byDays);
        if (question.asOf() != null) {
            // The cells know the day on which something was learned; within that day the rows do.
            var day = question.asOf().truncatedTo(ChronoUnit.DAYS);
            parts.add(
                    detail(" AND recorded_at >= " + instant(day) + " AND recorded_at <= " + instant(question.asOf())));
        }
        return parts;
    }

    private void addCells(List<String> parts, boolean byDays) {
        var table = place == Place.USER_CELLS ? "ingest.user_cell" : "ingest.cell";
        var firstDay = ceiling(question.from());
        var lastDay = question.until().truncatedTo(ChronoUnit.DAYS);
        if (!byDays || !firstDay.isBefore(lastDay)) {
            parts.add(cells(table + "_quarter", question.from(), question.until()));
            return;
        }
        parts.add(cells(table + "_day", firstDay, lastDay));
        if (question.from().isBefore(firstDay)) {
            parts.add(cells(table + "_quarter", question.from(), firstDay));
        }
        if (lastDay.isBefore(question.until())) {
            parts.add(cells(table + "_quarter", lastDay, question.until()));
        }
    }

    private static Instant ceiling(Instant instant) {
        var day = instant.truncatedTo(ChronoUnit.DAYS);
        return day.equals(instant) ? day : day.plus(1, ChronoUnit.DAYS);
    }

    private String cells(String table, Instant from, Instant until) {
        var known = question.asOf() == null
                ? ""
                : " AND known_on < "
                        + statement.parameter(
                                question.asOf().atOffset(ZoneOffset.UTC).toLocalDate());
        return "SELECT bucket, " + DIMENSIONS + ", " + MeasureColumns.names() + " FROM " + table + " WHERE " + tenant()
                + " AND bucket >= " + instant(from) + " AND bucket < " + instant(until) + known + filters();
    }

    private String detail(String known) {
        var dimensions = place == Place.DETAIL ? DIMENSIONS + ", " + DETAIL_DIMENSIONS : DIMENSIONS;
        return "SELECT at AS bucket, " + dimensions + ", " + MeasureColumns.selectedSparse()
                + " FROM ingest.usage_detail WHERE " + tenant() + " AND at >= " + instant(question.from())
                + " AND at < "
                + instant(question.until()) + known + filters() + condition;
    }

    /** Row-level security guards the tenant; the key's first columns are named for the index. */
    private String tenant() {
        return question.partition() == null
                ? "true"
                : "partition = " + statement.parameter(question.partition()) + " AND organization = "
                        + statement.parameter(question.organization());
    }

    private String filters() {
        var text = new StringBuilder();
        question.scope().filters().forEach((name, values) -> text.append(" AND ")
                .append(Dimension.known(name).value(statement))
                .append(" = ANY (")
                .append(statement.parameter(wanted(name, values)))
                .append(")"));
        return text.toString();
    }

    /** Nobody is not the calls without a user: a person of whom nothing is known has no calls. */
    private static String[] wanted(String dimension, List<String> values) {
        return values.stream()
                .filter(value -> !dimension.equals("user") || !value.isEmpty())
                .toArray(String[]::new);
    }

    private String instant(Instant instant) {
        return statement.parameter(OffsetDateTime.ofInstant(instant, ZoneOffset.UTC));
    }
}
