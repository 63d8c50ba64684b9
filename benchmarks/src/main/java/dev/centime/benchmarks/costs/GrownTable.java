package dev.centime.benchmarks.costs;

import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/**
 * A table of ingest-service's views that a measured question reads, and what becomes of its rows in a copy: the same people at the same
 * instants with other models, projects, operations and teams. Each copy of a call is of another combination of these, so that sums
 * grow in number as they do by folding. Largest first.
 */
enum GrownTable {
    USER_CELL_QUARTER(Sums.CELL_KEY, Sums.OF_CALLS, ""),
    CELL_QUARTER(Sums.CELL_KEY, Sums.OF_CALLS, ""),
    USAGE_DETAIL(
            List.of(),
            Sums.with(Map.of(
                    "log_offset", "log_offset * %times% + nth",
                    "record_id", "record_id || '.' || nth",
                    "session", "session || '.' || nth",
                    "tags", "jsonb_build_object('team', " + Family.TEAM.further("tags ->> 'team'", "nth") + ")")),
            " ORDER BY at, log_offset, nth"),
    SESSION_TOTAL(
            List.of(),
            Map.of(
                    "session",
                    "session || '.' || nth",
                    "models",
                    "ARRAY(SELECT " + Family.MODEL.further("model", "nth")
                            + " FROM unnest(models) AS model ORDER BY 1)"),
            " ORDER BY last_at, session, nth"),
    VALUE_QUARTER(Sums.VALUE_KEY, Sums.OF_VALUES, ""),
    CELL_DAY(Sums.CELL_KEY, Sums.OF_CALLS, ""),
    VALUE_DAY(Sums.VALUE_KEY, Sums.OF_VALUES, "");

    private static final String COLUMNS =
            "SELECT string_agg(attname, ',' ORDER BY attnum) FROM pg_attribute WHERE attrelid = '%s'::regclass AND attnum > 0"
                    + " AND NOT attisdropped AND attname NOT IN ('partition', 'organization')";

    /** What is the same in rows that are added up; none where each row stands by itself. */
    private final List<String> key;

    private final Map<String, String> changed;
    private final String order;

    GrownTable(List<String> key, Map<String, String> changed, String order) {
        this.key = key;
        this.changed = changed;
        this.order = order;
    }

    String table() {
        return "ingest." + name().toLowerCase(Locale.ROOT);
    }

    /** Puts another organization's rows into it, so many for one. */
    String copies(Copies copies) throws SQLException {
        var columns = List.of(copies.server().text(COLUMNS.formatted(table())).split(","));
        var rows = "SELECT " + listed(columns, this::inCopy) + " FROM " + table()
                + ", generate_series(0, %times% - 1) AS nth" + " WHERE partition = %from% AND organization = '%source%'"
                + order;
        // By bucket the rows come in order, so that they are summed a bucket at a time and no table is sorted.
        var summed = key.isEmpty()
                ? rows
                : "SELECT " + listed(columns, this::summed) + " FROM (" + rows + ") AS copied GROUP BY "
                        + String.join(", ", key);
        return copies.in("INSERT INTO " + table() + " (partition, organization, " + String.join(", ", columns)
                + ") SELECT %to%, '%target%', grown.* FROM (" + summed + ") AS grown");
    }

    private String inCopy(String column) {
        return changed.containsKey(column) ? changed.get(column) + " AS " + column : column;
    }

    private String summed(String column) {
        return key.contains(column) ? column : "sum(" + column + ")";
    }

    private static String listed(List<String> columns, UnaryOperator<String> each) {
        return columns.stream().map(each).collect(Collectors.joining(", "));
    }

    /** What the tables of sums have in common. */
    private static final class Sums {
        static final List<String> CELL_KEY =
                List.of("bucket", "subject", "provider", "model", "project", "experiment", "operation", "known_on");
        static final List<String> VALUE_KEY = List.of("dimension", "bucket", "value", "known_on");

        private static final String TWO = "2 * nth";

        /** By two, lest a call's model tell its project. */
        static final Map<String, String> OF_CALLS = Map.of(
                "provider", Family.PROVIDER.further("provider", "nth"),
                "model", Family.MODEL.further("model", "nth"),
                "project", Family.PROJECT.further("project", TWO),
                "operation", Family.OPERATION.further("operation", "nth"));

        static final Map<String, String> OF_VALUES = Map.of(
                "value",
                "CASE dimension WHEN 'provider' THEN " + Family.PROVIDER.further("value", "nth")
                        + " WHEN 'model' THEN " + Family.MODEL.further("value", "nth")
                        + " WHEN 'project' THEN " + Family.PROJECT.further("value", TWO)
                        + " WHEN 'operation' THEN " + Family.OPERATION.further("value", "nth")
                        + " WHEN 'tag.team' THEN " + Family.TEAM.further("value", "nth") + " ELSE value END");

        static Map<String, String> with(Map<String, String> more) {
            var all = new HashMap<>(OF_CALLS);
            all.putAll(more);
            return Map.copyOf(all);
        }
    }
}
