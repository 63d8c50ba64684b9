package dev.centime.ingest.view.costs.efficiency;

import dev.centime.ingest.view.Measures;
import dev.centime.ingest.view.costs.question.CallRows;
import dev.centime.ingest.view.costs.question.CostQuestion;
import dev.centime.ingest.view.costs.question.Statement;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The statement that adds tasks up: it reads the calls of a question once, judges each, and tells of them in {@link Block}s. A task is
 * a call. Decision 0131 says what waste is.
 */
final class SelectTasks {
    /** Values of one block, those that cost most; what is beyond has the empty text for a key. */
    static final int MOST_VALUES = 200;

    /** Named sessions of one phase. */
    static final int MOST_SESSIONS = 50;

    /** Calls of a kind from which on it is known what is usual for it. */
    static final int ENOUGH_CALLS = 20;

    private static final String IN = sumOf(Measures.TOKENS.stream().filter(name -> !name.startsWith("output")));
    private static final String OUT = sumOf(Measures.TOKENS.stream().filter(name -> name.startsWith("output")));

    /** A call with what its corrections add. */
    private static final String CALLS = """
            SELECT call.organization, call.source, call.record_id, call.at, call.log_offset AS place, call.provider, call.model,
                call.operation, call.session, coalesce(call.tags ->> 'phase', '') AS phase,
                coalesce(call.tags ->> 'milestone', '') AS milestone, coalesce(call.tags ->> 'complexity', '') AS complexity,
                coalesce('task ' || (call.tags ->> 'task'), 'prompt ' || call.model || ' ' || call.prompt) AS task, call.retry_of,
                call.requests + coalesce(changed.requests, 0) AS requests, call.error_count AS errors,
                call.unpriced_requests + coalesce(changed.unpriced, 0) AS unpriced,
                call.total_cost + coalesce(changed.cost, 0) AS cost,
                call.tokens_in + coalesce(changed.tokens_in, 0) AS tokens_in,
                call.tokens_out + coalesce(changed.tokens_out, 0) AS tokens_out
            FROM (SELECT *, %1$s AS tokens_in, %2$s AS tokens_out FROM %3$s AND NOT correction) AS call
            LEFT JOIN (
                SELECT organization, source, record_id, sum(requests)::bigint AS requests,
                    sum(unpriced_requests)::bigint AS unpriced, sum(total_cost) AS cost, sum(%1$s)::bigint AS tokens_in,
                    sum(%2$s)::bigint AS tokens_out
                FROM %3$s AND correction GROUP BY 1, 2, 3) AS changed
              ON changed.organization = call.organization AND changed.source = call.source
                AND changed.record_id = call.record_id""";

    /** Tasks told apart by what they are: whether another try came after, and whether it had been done before. */
    private static final String REPEATED = """
            SELECT organization, source, record_id,
                lead(place) OVER (PARTITION BY organization, task ORDER BY at, place) IS NOT NULL AS tried_again,
                count(*) FILTER (WHERE errors = 0) OVER (PARTITION BY organization, task ORDER BY at, place
                    ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) > 0 AS done_before
            FROM call WHERE task IS NOT NULL AND requests = 1""";

    /** How many tokens calls of a kind have at most as a rule, in all and as input: by quartiles, on a logarithmic scale. */
    private static final String NORMAL = """
            SELECT organization, model, operation, complexity,
                greatest(div(q[3]::numeric * q[3] * q[3], greatest(q[1], 1)::numeric * greatest(q[1], 1)), 2 * q[2]) AS most,
                greatest(div(i[3]::numeric * i[3] * i[3], greatest(i[1], 1)::numeric * greatest(i[1], 1)), 2 * i[2]) AS most_in
            FROM (
                SELECT organization, model, operation, complexity,
                    percentile_disc(ARRAY[0.25, 0.5, 0.75]::float8[]) WITHIN GROUP (ORDER BY tokens_in + tokens_out) AS q,
                    percentile_disc(ARRAY[0.25, 0.5, 0.75]::float8[]) WITHIN GROUP (ORDER BY tokens_in) AS i
                FROM call WHERE requests = 1 AND errors = 0 AND tokens_in + tokens_out > 0
                GROUP BY 1, 2, 3, 4 HAVING count(*) >= %d) AS quartiles""";

    private static final String JUDGED = """
            SELECT call.*, tokens_in + tokens_out AS tokens, normal.most,
                call.requests = 1 AND coalesce(call.tokens_in > normal.most_in, false) AS long_prompt,
                CASE
                    WHEN call.requests <> 1 THEN ''
                    WHEN retried.record_id IS NOT NULL OR call.errors > 0 AND repeated.tried_again THEN 'FAILED_ATTEMPTS'
                    WHEN call.errors = 0 AND repeated.done_before THEN 'REDUNDANT_TASKS'
                    WHEN call.tokens_in + call.tokens_out > normal.most THEN 'OVER_ENGINEERED'
                    ELSE ''
                END AS waste
            FROM call
            LEFT JOIN (SELECT DISTINCT organization, source, retry_of AS record_id FROM call WHERE retry_of IS NOT NULL) AS retried
              ON retried.organization = call.organization AND retried.source = call.source AND retried.record_id = call.record_id
            LEFT JOIN (%s) AS repeated
              ON repeated.organization = call.organization AND repeated.source = call.source
                AND repeated.record_id = call.record_id
            LEFT JOIN normal
              ON normal.organization = call.organization AND normal.model = call.model AND normal.operation = call.operation
                AND normal.complexity = call.complexity""".formatted(REPEATED);

    private static final String SUMS = "coalesce(sum(requests), 0)::bigint AS tasks, coalesce(sum(cost), 0) AS cost,"
            + " coalesce(sum(tokens_in), 0)::bigint AS tokens_in, coalesce(sum(tokens_out), 0)::bigint AS tokens_out";

    /** Of a call that is too long only what is beyond the usual length is wasted, and so much of its cost. */
    private static final String WASTED = """
            SELECT 'WASTE', waste, '', count(*), coalesce(sum(CASE waste WHEN 'OVER_ENGINEERED'
                    THEN round(cost * (tokens - most) / tokens, 12) ELSE cost END), 0), 0, 0, 0
            FROM judged WHERE waste <> '' GROUP BY waste""";

    private static final String TOLD = """
            SELECT 'TOLD', told.key, '', told.calls, 0, 0, 0, 0
            FROM (SELECT count(task) AS task, count(retry_of) AS retry, count(*) FILTER (WHERE errors > 0) AS failed,
                count(*) FILTER (WHERE complexity <> '') AS complexity,
                count(*) FILTER (WHERE session <> '' AND (operation <> '' OR milestone <> '' OR complexity <> '')) AS alike
              FROM call WHERE requests = 1) AS counted
            CROSS JOIN LATERAL (VALUES ('TASK', task), ('RETRY', retry), ('FAILURE', failed), ('COMPLEXITY', complexity),
                ('LIKENESS', alike), ('NORMAL', (SELECT count(*) FROM normal))) AS told (key, calls)""";

    /** One after the other, where one answer could have done. */
    private static final String ALIKE = """
            SELECT 'ALIKE', '', '', coalesce(sum(calls), 0)::bigint, coalesce(sum(cost), 0), 0, 0, 0
            FROM (SELECT count(*) AS calls, sum(cost) AS cost FROM call
              WHERE requests = 1 AND errors = 0 AND session <> '' AND (operation <> '' OR milestone <> '' OR complexity <> '')
              GROUP BY organization, session, model, operation, milestone, complexity, date_trunc('minute', at, 'UTC')
              HAVING count(*) > 1) AS together""";

    private static final String SESSIONS = """
            SELECT 'SESSION', phase, session, 0, 0, 0, 0, sessions
            FROM (SELECT phase, session, row_number() OVER (PARTITION BY phase ORDER BY session) AS rank,
                count(*) OVER (PARTITION BY phase) AS sessions
              FROM (SELECT DISTINCT phase, session FROM call WHERE phase <> '' AND session <> '') AS named) AS ranked
            WHERE rank <= %d""".formatted(MOST_SESSIONS);

    private static final String ALLOCATED = """
            SELECT 'ALLOCATED', told.key, '', told.sessions, told.amount, 0, 0, 0
            FROM (SELECT count(*) AS sessions, coalesce(sum(budget.allocated), 0) AS allocated, coalesce(sum(spent.cost), 0) AS cost
              FROM (SELECT organization, session, sum(cost) AS cost FROM call WHERE session <> '' GROUP BY 1, 2) AS spent
              JOIN ingest.session_budget AS budget
                ON budget.organization = spent.organization AND budget.session = spent.session AND %s) AS known
            CROSS JOIN LATERAL (VALUES ('allocated', sessions, allocated), ('spent', sessions, cost)) AS told (key, sessions, amount)""";

    private SelectTasks() {}

    /** @param dayStarts the first instants of the period's days, ascending */
    static Uni<TaskBlocks> of(SqlConnection connection, CostQuestion question, List<Instant> dayStarts) {
        var statement = new Statement();
        var sql = sql(statement, question, dayStarts);
        return connection
                .preparedQuery(sql)
                .execute(statement.parameters())
                .map(TaskBlocks::of)
                .call(() -> CallRows.whole(connection, question));
    }

    private static String sql(Statement statement, CostQuestion question, List<Instant> dayStarts) {
        var covered = CallRows.covered(statement, question);
        var days = statement.parameter(dayStarts.stream()
                .map(start -> OffsetDateTime.ofInstant(start, ZoneOffset.UTC))
                .toArray(OffsetDateTime[]::new));
        var tenant = question.partition() == null
                ? "true"
                : "budget.partition = " + statement.parameter(question.partition());
        return "WITH call AS MATERIALIZED (" + CALLS.formatted(IN, OUT, covered) + "), normal AS MATERIALIZED ("
                + NORMAL.formatted(ENOUGH_CALLS) + "), judged AS MATERIALIZED (" + JUDGED + ")"
                + " SELECT 'TOTAL' AS block, '' AS key, '' AS other, " + SUMS
                + ", coalesce(sum(unpriced), 0)::bigint AS number FROM call"
                + all(ranked(Block.MODEL, "provider", "model", "", "true"))
                + all(ranked(Block.PHASE, "phase", "''", "", "true"))
                + all(ranked(Block.MILESTONE, "milestone", "''", "", "true"))
                + all(ranked(Block.HEAT, "complexity", TaskHeatMap.CLASS, "other", "requests = 1 AND unpriced = 0"))
                + all(ranked(
                        Block.SIMPLE,
                        "provider",
                        "model",
                        "",
                        "requests = 1 AND lower(complexity) = ANY ("
                                + statement.parameter(TaskHeatMap.SIMPLE.toArray(String[]::new)) + "::text[])"))
                + all("(SELECT 'DAY', width_bucket(at, " + days + "::timestamptz[])::text, '', " + SUMS
                        + ", 0 FROM call GROUP BY 2 ORDER BY 5 DESC LIMIT 1)")
                + all(WASTED)
                + all(ALIKE)
                + all("SELECT 'LONG_PROMPT', '', '', " + SUMS + ", 0 FROM judged WHERE long_prompt")
                + all(TOLD)
                + all(SESSIONS)
                + all(ALLOCATED.formatted(tenant))
                + all("SELECT 'FIRST', '', '', 0, 0, 0, 0, (extract(epoch FROM min(at)) * 1000000)::bigint FROM call"
                        + " HAVING count(*) > 0");
    }

    /**
     * Tasks by two things, the dearest values by themselves and the rest together.
     *
     * @param rest what the second thing is for the rest, the empty text for nothing
     */
    private static String ranked(Block block, String key, String other, String rest, String which) {
        var beyond = rest.isEmpty() ? "''" : rest;
        return "SELECT '" + block + "', CASE WHEN rank <= " + MOST_VALUES + " THEN key ELSE '' END, CASE WHEN rank <= "
                + MOST_VALUES + " THEN other ELSE " + beyond
                + " END, sum(tasks)::bigint, sum(cost), sum(tokens_in)::bigint,"
                + " sum(tokens_out)::bigint, 0 FROM (SELECT grouped.*, row_number() OVER (ORDER BY cost DESC, key, other) AS rank"
                + " FROM (SELECT " + key + " AS key, " + other + " AS other, " + SUMS + " FROM call WHERE " + which
                + " GROUP BY 1, 2) AS grouped) AS ranked GROUP BY 2, 3";
    }

    private static String all(String block) {
        return " UNION ALL " + block;
    }

    private static String sumOf(Stream<String> columns) {
        return columns.map(name -> "coalesce(" + name + ", 0)").collect(Collectors.joining(" + ", "(", ")"));
    }
}
