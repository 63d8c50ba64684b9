package dev.centime.ingest.view.costs.efficiency;

import dev.centime.ingest.view.costs.question.CallRows;
import dev.centime.ingest.view.costs.question.CostQuestion;
import dev.centime.ingest.view.costs.question.RoomForHashes;
import dev.centime.ingest.view.costs.question.Statement;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;

/**
 * The statement that adds tasks up: it reads the calls of a question once, judges and adds them up once, and tells of the sums in
 * {@link Block}s. A task is a call.
 */
final class SelectTasks {
    /** Values of one block, those that cost most; what is beyond has the empty text for a key. */
    static final int MOST_VALUES = 200;

    /** Named sessions of one phase. */
    static final int MOST_SESSIONS = 50;

    private static final String SUMS = "coalesce(sum(tasks), 0)::bigint AS tasks, coalesce(sum(cost), 0) AS cost,"
            + " coalesce(sum(tokens_in), 0)::bigint AS tokens_in, coalesce(sum(tokens_out), 0)::bigint AS tokens_out";

    private static final String TOTAL = "SELECT 'TOTAL' AS block, '' AS key, '' AS other, " + SUMS
            + ", coalesce(sum(unpriced), 0)::bigint AS number FROM by_model";

    private static final String DEAREST_DAY =
            "(SELECT 'DAY', day::text, '', " + SUMS + ", 0 FROM by_day" + " GROUP BY day ORDER BY cost DESC LIMIT 1)";

    private static final String WASTED =
            "SELECT 'WASTE', waste, '', sum(calls)::bigint, sum(wasted), 0, 0, 0 FROM by_model"
                    + " WHERE waste <> '' GROUP BY waste";

    private static final String LONG_PROMPTS =
            "SELECT 'LONG_PROMPT', '', '', " + SUMS + ", 0 FROM by_model" + " WHERE long_prompt";

    private static final String FIRST =
            "SELECT 'FIRST', '', '', 0, 0, 0, 0, (extract(epoch FROM min(first_at)) * 1000000)::bigint FROM by_model"
                    + " HAVING count(*) > 0";

    /** What calls must share to be alike. */
    private static final String ALIKE_IN = "session <> '' AND (operation <> '' OR milestone <> '' OR complexity <> '')";

    /** One after the other, where one answer could have done. */
    private static final String ALIKE = """
            SELECT 'ALIKE', '', '', coalesce(sum(calls), 0)::bigint, coalesce(sum(cost), 0), 0, 0, 0
            FROM (SELECT count(*) AS calls, sum(cost) AS cost FROM call WHERE single AND NOT failed AND %s
              GROUP BY organization, session, model, operation, milestone, complexity,
                date_bin('1 minute', at, timestamptz '2000-01-01 00:00:00+00')
              HAVING count(*) > 1) AS together""".formatted(ALIKE_IN);

    /** The first call that says so is enough. */
    private static final String TOLD = """
            SELECT 'TOLD', told.key, '', told.known::int, 0, 0, 0, 0
            FROM (VALUES ('TASK', EXISTS (SELECT FROM call WHERE single AND task IS NOT NULL)),
                ('RETRY', EXISTS (SELECT FROM call WHERE single AND retries)),
                ('FAILURE', EXISTS (SELECT FROM call WHERE single AND failed)),
                ('COMPLEXITY', EXISTS (SELECT FROM call WHERE single AND complexity <> '')),
                ('LIKENESS', EXISTS (SELECT FROM call WHERE single AND %s)),
                ('NORMAL', EXISTS (SELECT FROM kind))) AS told (key, known)""".formatted(ALIKE_IN);

    private static final String SESSIONS = """
            SELECT 'SESSION', phase, session, 0, 0, 0, 0, sessions
            FROM (SELECT phase, session, row_number() OVER (PARTITION BY phase ORDER BY session) AS rank,
                count(*) OVER (PARTITION BY phase) AS sessions
              FROM (SELECT DISTINCT phase, session FROM by_session WHERE phase <> '' AND session <> '') AS named) AS ranked
            WHERE rank <= %d""".formatted(MOST_SESSIONS);

    private static final String ALLOCATED = """
            SELECT 'ALLOCATED', told.key, '', told.sessions, told.amount, 0, 0, 0
            FROM (SELECT count(*) AS sessions, coalesce(sum(budget.allocated), 0) AS allocated, coalesce(sum(spent.cost), 0) AS cost
              FROM (SELECT organization, session, sum(cost) AS cost FROM by_session WHERE session <> '' GROUP BY 1, 2) AS spent
              JOIN ingest.session_budget AS budget
                ON budget.organization = spent.organization AND budget.session = spent.session AND %s) AS known
            CROSS JOIN LATERAL (VALUES ('allocated', sessions, allocated), ('spent', sessions, cost)) AS told (key, sessions, amount)""";

    /**
     * For this transaction. How many different values there are, nobody can tell the planner: for fear of many it would sort all calls for
     * each sum, or walk through them for each row of another. A hash finds them in one pass, and goes to disk beyond.
     */
    private static final String PLANNED = "SELECT " + RoomForHashes.SETTINGS
            + ", set_config('enable_nestloop', 'off', true), set_config('enable_mergejoin', 'off', true),"
            + " set_config('enable_sort', 'off', true), set_config('plan_cache_mode', 'force_custom_plan', true)";

    private SelectTasks() {}

    /** @param dayStarts the first instants of the period's days, ascending */
    static Uni<TaskBlocks> of(SqlConnection connection, CostQuestion question, List<Instant> dayStarts) {
        var statement = new Statement();
        var sql = sql(statement, question, dayStarts);
        return connection
                .preparedQuery(PLANNED)
                .execute()
                .chain(() -> connection.preparedQuery(sql).execute(statement.parameters()))
                .map(TaskBlocks::of)
                .call(() -> CallRows.whole(connection, question));
    }

    private static String sql(Statement statement, CostQuestion question, List<Instant> dayStarts) {
        var covered = CallRows.covered(statement, question);
        var days = statement.parameter(dayStarts.stream()
                .map(start -> OffsetDateTime.ofInstant(start, ZoneOffset.UTC))
                .toArray(OffsetDateTime[]::new));
        var simple = statement.parameter(TaskHeatMap.SIMPLE.toArray(String[]::new));
        var tenant = question.partition() == null
                ? "true"
                : "budget.partition = " + statement.parameter(question.partition());
        return "WITH call AS MATERIALIZED (" + TaskCalls.of(covered) + "), " + JudgedTasks.of(days) + " "
                + String.join(
                        " UNION ALL ",
                        TOTAL,
                        ranked(Block.MODEL, "provider", "model", "''", "by_model"),
                        ranked(Block.PHASE, "phase", "''", "''", "by_session"),
                        ranked(Block.MILESTONE, "milestone", "''", "''", "by_day"),
                        ranked(Block.HEAT, "complexity", "heat", "other", "by_model WHERE heat <> ''"),
                        ranked(
                                Block.SIMPLE,
                                "provider",
                                "model",
                                "''",
                                "by_model WHERE single AND lower(complexity) = ANY (" + simple + "::text[])"),
                        DEAREST_DAY,
                        WASTED,
                        ALIKE,
                        LONG_PROMPTS,
                        TOLD,
                        SESSIONS,
                        ALLOCATED.formatted(tenant),
                        FIRST);
    }

    /**
     * Tasks by two things, the dearest values by themselves and the rest together.
     *
     * @param rest what the second thing is for the rest
     * @param sums of which, with a condition if there is one
     */
    private static String ranked(Block block, String key, String other, String rest, String sums) {
        return "SELECT '" + block + "', CASE WHEN rank <= " + MOST_VALUES + " THEN key ELSE '' END, CASE WHEN rank <= "
                + MOST_VALUES + " THEN other ELSE " + rest
                + " END, sum(tasks)::bigint, sum(cost), sum(tokens_in)::bigint,"
                + " sum(tokens_out)::bigint, 0 FROM (SELECT summed.*, row_number() OVER (ORDER BY cost DESC, key, other) AS rank"
                + " FROM (SELECT " + key + " AS key, " + other + " AS other, " + SUMS + " FROM " + sums
                + " GROUP BY 1, 2) AS summed) AS ranked GROUP BY 2, 3";
    }
}
