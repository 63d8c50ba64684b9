package dev.centime.ingest.view.costs.question;

import dev.centime.ingest.view.costs.question.CostAnswers.After;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlConnection;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The statement of a page of groups: each with its figures, and with those of all groups under the same names after {@code all_}. */
final class GroupPage {
    /** How many groups there are, nobody can tell the planner: of a hundred thousand, one figure fits into a hash. */
    private static final String PLANNED = "SELECT " + RoomForHashes.SETTINGS;

    private final Statement statement;
    private final String order;
    private final boolean descending;
    private final @Nullable After after;
    private final int limit;

    /**
     * @param order what groups are sorted by, over their figures; equal ones by key
     * @param after where the page before ended, null for the first
     * @param limit of groups; one more is read if there is one
     */
    GroupPage(Statement statement, String order, boolean descending, @Nullable After after, int limit) {
        this.statement = statement;
        this.order = order;
        this.descending = descending;
        this.after = after;
        this.limit = limit;
    }

    /** From groups with all their figures. The totals are taken before the page is cut. */
    Uni<RowSet<Row>> cut(SqlConnection connection, String groups, List<String> figures) {
        var sql = totalled(groups, figures) + rest() + sorted() + " LIMIT " + statement.parameter(limit + 1);
        return connection.preparedQuery(sql).execute(statement.parameters());
    }

    /**
     * From so many groups that their figures are added up after the page is cut.
     *
     * @param ranked groups with what they are sorted by alone
     * @param summed all figures by the {@code key} of the table {@code page}, and of null for all groups that are not there
     */
    Uni<RowSet<Row>> ranked(SqlConnection connection, String ranked, String summed, List<String> figures) {
        var sql = "WITH page AS MATERIALIZED (SELECT key FROM (" + ranked + ") AS ranked" + rest() + sorted()
                + " LIMIT " + statement.parameter(limit + 1) + ") " + totalled(summed, figures)
                + " WHERE key IS NOT NULL" + sorted();
        return connection.query(PLANNED).execute().chain(() -> connection
                .preparedQuery(sql)
                .execute(statement.parameters()));
    }

    private static String totalled(String groups, List<String> figures) {
        var totals = figures.stream()
                .map(name -> "sum(" + name + ") OVER () AS all_" + name)
                .collect(Collectors.joining(", "));
        return "SELECT * FROM (SELECT grouped.*, " + totals + " FROM (" + groups + ") AS grouped) AS totalled";
    }

    private String rest() {
        if (after == null) {
            return "";
        }
        // As text: a numeric of its own would lose nothing, but a bigint column would not take it.
        var value = statement.parameter(after.value().toPlainString()) + "::text::numeric";
        return " WHERE " + order + (descending ? " < " : " > ") + value + " OR " + order + " = " + value + " AND key > "
                + statement.parameter(after.key()) + "::text";
    }

    private String sorted() {
        return " ORDER BY " + order + (descending ? " DESC" : "") + ", key";
    }
}
