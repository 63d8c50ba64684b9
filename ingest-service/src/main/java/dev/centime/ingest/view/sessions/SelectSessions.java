package dev.centime.ingest.view.sessions;

import static dev.centime.ingest.view.CoveredCalls.add;

import dev.centime.contracts.Scope;
import dev.centime.ingest.view.CoveredCalls;
import dev.centime.ingest.view.Measures;
import io.vertx.mutiny.sqlclient.Tuple;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The statements that answer a question of sessions: a page of them, or all in one sum. */
final class SelectSessions {
    /** What a row of the table knows; of the rest, the calls do. */
    private static final List<String> OWN_COLUMNS = List.of("session", "user");

    private static final String TABLE =
            " FROM ingest.session_total AS total WHERE partition = $1 AND organization = $2";

    /** Of rows, or of sums of rows. */
    private static final String TIMES_AND_SUMS = "min(first_at) AS first_at, max(last_at) AS last_at, " + Measures.SUMS;

    private final Tuple tuple;
    private final String own;
    private final String meant;
    private final SessionQuestion question;

    private SelectSessions(int partition, SessionQuestion question) {
        this.question = question;
        this.tuple = Tuple.of(partition, question.organization(), utc(question.from()), utc(question.until()));
        var columns = new HashMap<String, List<String>>();
        var others = new HashMap<String, List<String>>();
        question.scope().filters().forEach((name, values) -> (OWN_COLUMNS.contains(name) ? columns : others)
                .put(name, values));
        this.own = CoveredCalls.conditions(new Scope(columns), tuple);
        this.meant = "last_at >= $3 AND first_at < $4" + calls(others);
    }

    /** A statement with its parameters. */
    record Statement(String sql, Tuple parameters) {}

    /** @param after the end of the page before, null for the first */
    static Statement page(
            int partition,
            SessionQuestion question,
            SessionOrder order,
            boolean descending,
            @Nullable List<String> after,
            int limit) {
        return new SelectSessions(partition, question).page(order, descending, after, limit);
    }

    /** All of them in one row, which has no session and no models. */
    static Statement sum(int partition, SessionQuestion question) {
        var select = new SelectSessions(partition, question);
        return new Statement(
                "SELECT NULL::text AS session, sums.*, " + SessionTotals.TOKENS + " AS tokens, NULL::text[] AS models,"
                        + " NULL::numeric AS allocated FROM (SELECT " + TIMES_AND_SUMS + " FROM (SELECT "
                        + TIMES_AND_SUMS + select.bySession() + ") AS sessions) AS sums",
                select.tuple);
    }

    /**
     * Whether there is a session that began before the period and went on after it, without a call in it that is there. Where calls
     * have expired, nobody knows then whether it belongs to the period.
     */
    static Statement doubtful(int partition, SessionQuestion question) {
        var select = new SelectSessions(partition, question);
        return new Statement(
                "SELECT EXISTS (SELECT FROM ingest.session_total AS total WHERE partition = $1 AND organization = $2"
                        + " AND first_at < $3 AND last_at >= $4" + select.own
                        + " AND NOT EXISTS (SELECT FROM ingest.usage_detail AS call WHERE call.partition = $1"
                        + " AND call.organization = $2 AND call.session = total.session AND call.session <> ''"
                        + " AND call.subject = total.subject AND call.at >= $3 AND call.at < $4 AND NOT correction)) AS doubtful",
                select.tuple);
    }

    /** Whether a question can be answered from what is known of sessions alone, but for those that reach over a period's edges. */
    static boolean ofTotals(SessionQuestion question) {
        return OWN_COLUMNS.containsAll(question.scope().filters().keySet());
    }

    /** How many they are, and what they came to. */
    static Statement count(int partition, SessionQuestion question) {
        var select = new SelectSessions(partition, question);
        return new Statement(
                "SELECT count(*) AS sessions, coalesce(sum(total_cost), 0) AS total_cost"
                        + " FROM (SELECT sum(total_cost) AS total_cost" + select.bySession() + ") AS sums",
                select.tuple);
    }

    /** The same of each person's part. @param subjects whose */
    static Statement countByPerson(int partition, SessionQuestion question, List<String> subjects) {
        var select = new SelectSessions(partition, question);
        return new Statement(
                "SELECT subject, count(*) AS sessions, sum(total_cost) AS total_cost" + TABLE
                        + select.own + " AND " + select.meant + " AND subject = ANY ($"
                        + add(select.tuple, subjects.toArray(String[]::new))
                        + ") GROUP BY subject",
                select.tuple);
    }

    /** One person's calls say that a session is meant; its totals are of everybody's who was in it. In one pass over all rows. */
    private String bySession() {
        return TABLE + own + " GROUP BY session HAVING bool_or(" + meant + ")";
    }

    private Statement page(SessionOrder order, boolean descending, @Nullable List<String> after, int limit) {
        var found = "SELECT sums.*, " + SessionTotals.TOKENS + " AS tokens FROM (SELECT session, " + TIMES_AND_SUMS
                + bySession() + ") AS sums";
        var page = "SELECT * FROM (" + found + ") AS found WHERE true" + costs() + behind(order, descending, after)
                + order.sql(descending) + " LIMIT $" + add(tuple, limit);
        // What a session is called besides its sums is looked up for the page alone.
        var named =
                "SELECT page.*, (SELECT array_agg(DISTINCT model ORDER BY model) FROM ingest.session_total AS total,"
                        + " unnest(total.models) AS model WHERE partition = $1 AND organization = $2"
                        + " AND session = page.session" + own + ") AS models,"
                        + " (SELECT allocated FROM ingest.session_budget AS budget WHERE budget.partition = $1"
                        + " AND budget.organization = $2 AND budget.session = page.session) AS allocated"
                        + " FROM (" + page + ") AS page" + order.sql(descending);
        return new Statement(named, tuple);
    }

    /**
     * That a call of the row's person lies in the period and is what is asked for. A row whose first or last call lies in the period
     * says the former by itself; one that reaches over both edges may have none between them.
     */
    private String calls(Map<String, List<String>> filters) {
        // Not the empty text, which the index of calls by session leaves out.
        var call =
                "EXISTS (SELECT FROM ingest.usage_detail AS call WHERE call.partition = $1 AND call.organization = $2"
                        + " AND call.session = total.session AND call.session <> '' AND call.subject = total.subject"
                        + " AND call.at >= $3 AND call.at < $4 AND NOT correction"
                        + CoveredCalls.conditions(new Scope(filters), tuple) + ")";
        return " AND " + (filters.isEmpty() ? "(first_at >= $3 OR last_at < $4 OR " + call + ")" : call);
    }

    private String costs() {
        var text = "";
        if (question.minCost() != null) {
            text += " AND total_cost >= $" + add(tuple, question.minCost().toString()) + "::text::numeric";
        }
        if (question.maxCost() != null) {
            text += " AND total_cost <= $" + add(tuple, question.maxCost().toString()) + "::text::numeric";
        }
        return text;
    }

    private String behind(SessionOrder order, boolean descending, @Nullable List<String> after) {
        if (after == null) {
            return "";
        }
        return " AND " + order.behind(descending, add(tuple, after.getFirst()), add(tuple, after.getLast()));
    }

    private static OffsetDateTime utc(Instant instant) {
        return OffsetDateTime.ofInstant(instant, ZoneOffset.UTC);
    }
}
