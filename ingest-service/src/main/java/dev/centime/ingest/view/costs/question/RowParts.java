package dev.centime.ingest.view.costs.question;

import dev.centime.ingest.view.MeasureColumns;
import dev.centime.ingest.view.costs.question.BucketTimes.Range;
import java.time.ZoneOffset;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The selects that rows of a question can come from, each with a bucket, the key if one is asked for, and the measures. */
final class RowParts {
    private final Statement statement;
    private final CostQuestion question;
    private final @Nullable Dimension groupedBy;

    RowParts(Statement statement, CostQuestion question, @Nullable Dimension groupedBy) {
        this.statement = statement;
        this.question = question;
        this.groupedBy = groupedBy;
    }

    /** Sums by several dimensions. @param when the condition of the buckets */
    String cells(String table, String when) {
        return select("bucket", this::column) + measures() + " FROM " + table + " WHERE " + tenant() + " AND " + when
                + known() + filters(this::column);
    }

    /** Sums by one dimension, or of everything when it is the empty text. */
    String values(String table, String dimension, String when) {
        return select("bucket", _ -> "value") + measures() + " FROM " + table + " WHERE " + tenant()
                + " AND dimension = " + statement.parameter(dimension) + " AND " + when + known()
                + filters(_ -> "value");
    }

    /** What has no value of an open dimension, by day: everything, less what has one. */
    List<String> withoutValue(String dimension, String when) {
        var less = question.measures().stream()
                .map(name -> "-" + name + " AS " + name)
                .collect(Collectors.joining(", "));
        return List.of(
                select("bucket", _ -> "''") + measures() + " FROM ingest.value_day WHERE " + tenant()
                        + " AND dimension = '' AND " + when,
                select("bucket", _ -> "''") + less + " FROM ingest.value_day WHERE " + tenant() + " AND dimension = "
                        + statement.parameter(dimension) + " AND " + when);
    }

    /** Single calls and their corrections. @param more conditions, each with AND before it */
    String detail(Range range, String more) {
        var condition = groupedBy == null || groupedBy.rows() == null ? "" : " AND (" + groupedBy.rows() + ")";
        return select("at", this::column) + MeasureColumns.selectedSparse(question.measures()) + " FROM "
                + covered(range) + more + condition;
    }

    /** The detail rows of a stretch of time that the filters cover: a table and a condition. */
    String covered(Range range) {
        return "ingest.usage_detail WHERE " + tenant() + " AND at >= "
                + statement.parameter(BucketTimes.utc(range.from())) + " AND at < "
                + statement.parameter(BucketTimes.utc(range.until())) + filters(this::column);
    }

    private String column(Dimension dimension) {
        return dimension.value(statement);
    }

    private String select(String bucket, Function<Dimension, String> column) {
        var key = groupedBy == null
                ? ""
                : (groupedBy.everywhere() ? groupedBy.column() : column.apply(groupedBy)) + " AS key, ";
        return "SELECT " + bucket + " AS bucket, " + key;
    }

    private String measures() {
        return String.join(", ", question.measures());
    }

    private String tenant() {
        return question.tenant(statement);
    }

    /** Sums know the day on which something was learned. */
    private String known() {
        return question.asOf() == null
                ? ""
                : " AND known_on < "
                        + statement.parameter(
                                question.asOf().atOffset(ZoneOffset.UTC).toLocalDate());
    }

    private String filters(Function<Dimension, String> column) {
        var text = new StringBuilder();
        question.scope().filters().forEach((name, values) -> text.append(" AND ")
                .append(column.apply(Dimension.known(name)))
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
}
