package dev.centime.ingest.view;

import dev.centime.contracts.Scope;
import dev.centime.kit.Problem;
import io.vertx.mutiny.sqlclient.Tuple;
import java.util.List;
import java.util.Map;

/** What of the detail rows a scope covers, for any statement over them. */
public final class CoveredCalls {
    private static final Map<String, String> COLUMNS = Map.of(
            "provider", "provider",
            "model", "model",
            "project", "project",
            "experiment", "experiment",
            "session", "session",
            "user", "subject",
            "operation", "operation",
            "run", "run");

    private static final String TAG = "tag.";

    private CoveredCalls() {}

    /** What a scope asks of a detail row, each with AND before it. @param tuple takes what they compare with */
    public static String conditions(Scope scope, Tuple tuple) {
        var conditions = new StringBuilder();
        scope.filters().forEach((name, values) -> conditions
                .append(" AND ")
                .append(column(name, tuple))
                .append(" = ANY ($")
                .append(add(tuple, wanted(name, values)))
                .append(")"));
        return conditions.toString();
    }

    private static String column(String name, Tuple tuple) {
        if (name.startsWith(TAG)) {
            return "tags ->> $" + add(tuple, name.substring(TAG.length())) + "::text";
        }
        var column = COLUMNS.get(name);
        if (column == null) {
            throw Problem.badRequest(name, "is no dimension");
        }
        return column;
    }

    /** Nobody is not the calls without a user. */
    private static String[] wanted(String name, List<String> values) {
        return values.stream()
                .filter(value -> !name.equals("user") || !value.isEmpty())
                .toArray(String[]::new);
    }

    /** Adds a parameter. @return its number in the statement */
    public static int add(Tuple tuple, Object value) {
        tuple.addValue(value);
        return tuple.size();
    }
}
