package dev.centime.ingest.view.costs.question;

import dev.centime.ingest.view.MeasureColumns;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The selects of a question by session: a session that lies wholly within the question, and across no cut of it, is read from its
 * totals, any other from its calls. What is of no session is everything less these.
 */
final class SessionParts {
    /** Everything, and what is taken from it, must be of the same calls. */
    private static final String AGREE = "SELECT count(DISTINCT up_to) = 1 AS agree FROM ingest.projection_position"
            + " WHERE partition = $1 AND projection IN ('cost-cells', 'calls', 'sessions') AND serving";

    private final Statement statement;
    private final CostQuestion question;
    private final String rows;
    private final String within;

    private SessionParts(Statement statement, CostQuestion question, Collection<Instant> cuts) {
        this.statement = statement;
        this.question = question;
        var from = statement.parameter(BucketTimes.utc(question.from()));
        var until = statement.parameter(BucketTimes.utc(question.until()));
        this.rows = " FROM ingest.session_total WHERE " + question.tenant(statement) + " AND last_at >= " + from
                + " AND first_at < " + until + people();
        this.within = "first_at >= " + from + " AND last_at < " + until
                + " AND NOT EXISTS (SELECT FROM unnest("
                + statement.parameter(cuts.stream().map(BucketTimes::utc).toArray(OffsetDateTime[]::new))
                + "::timestamptz[]) AS cut WHERE cut > first_at AND cut <= last_at)";
    }

    /** Whether totals can answer: of whom alone may be asked besides, and what was known earlier is not told by them. */
    static boolean answer(CostQuestion question, @Nullable Dimension groupedBy) {
        return groupedBy != null
                && groupedBy.name().equals("session")
                && question.asOf() == null
                && question.partition() != null
                && question.scope().filters().keySet().stream().allMatch("user"::equals);
    }

    /** Whether the views that they are made of hold the same calls at this moment. */
    static Uni<Boolean> agree(SqlConnection connection, CostQuestion question) {
        var statement = new Statement();
        statement.parameter(java.util.Objects.requireNonNull(question.partition()));
        return connection.preparedQuery(AGREE).execute(statement.parameters()).map(rows -> rows.iterator()
                .next()
                .getBoolean("agree"));
    }

    /** @param everything the rows of the same question, not grouped */
    static List<String> of(Statement statement, CostQuestion question, Collection<Instant> cuts, String everything) {
        var parts = new SessionParts(statement, question, cuts);
        var named = parts.whole() + " UNION ALL " + parts.cut();
        return List.of(
                named,
                "SELECT bucket, '' AS key, " + parts.measures("") + " FROM " + everything + " AS everything",
                "SELECT bucket, '' AS key, " + parts.measures("-") + " FROM (" + named + ") AS named");
    }

    private String whole() {
        return "SELECT first_at AS bucket, session AS key, " + measures("") + rows + " AND " + within;
    }

    /**
     * Those that cross an edge are few, which the planner cannot know: left to itself it reads all calls to find theirs. Hence session by
     * session. The empty text is in no total; saying so lets the index of calls by session be used.
     */
    private String cut() {
        return "SELECT call.* FROM (SELECT session AS of_session, subject AS of_subject" + rows + " AND NOT (" + within
                + ")) AS total CROSS JOIN LATERAL (SELECT at AS bucket, session AS key, "
                + MeasureColumns.selectedSparse(question.measures()) + " FROM ingest.usage_detail WHERE "
                + question.tenant(statement) + " AND session = of_session AND subject = of_subject AND session <> ''"
                + " AND at >= " + statement.parameter(BucketTimes.utc(question.from())) + " AND at < "
                + statement.parameter(BucketTimes.utc(question.until())) + " OFFSET 0) AS call";
    }

    private String people() {
        var wanted = question.scope().filters().get("user");
        // Nobody is not the calls without a user.
        return wanted == null
                ? ""
                : " AND subject = ANY ("
                        + statement.parameter(
                                wanted.stream().filter(user -> !user.isEmpty()).toArray(String[]::new)) + ")";
    }

    private String measures(String sign) {
        return question.measures().stream()
                .map(name -> sign + name + " AS " + name)
                .collect(Collectors.joining(", "));
    }
}
