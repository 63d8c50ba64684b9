package dev.centime.ingest.view.costs.efficiency;

import dev.centime.ingest.view.Measures;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The calls of a question as {@link SelectTasks} judges them: a row each, with what its corrections add. */
final class TaskCalls {
    private static final String IN = sumOf(Measures.TOKENS.stream().filter(name -> !name.startsWith("output")));
    private static final String OUT = sumOf(Measures.TOKENS.stream().filter(name -> name.startsWith("output")));

    /** What corrections add to calls, and which calls others repeat. Both are few, and have small indexes of their own. */
    private static final String BESIDES = """
            SELECT organization, source, record_id, sum(requests)::bigint AS requests, sum(unpriced)::bigint AS unpriced,
                sum(cost) AS cost, sum(tokens_in)::bigint AS tokens_in, sum(tokens_out)::bigint AS tokens_out,
                bool_or(retried) AS retried
            FROM (SELECT organization, source, record_id, requests, unpriced_requests AS unpriced, total_cost AS cost,
                %1$s AS tokens_in, %2$s AS tokens_out, false AS retried FROM %3$s AND correction
              UNION ALL
              SELECT organization, source, retry_of, 0, 0, 0, 0, 0, true FROM %3$s AND retry_of IS NOT NULL) AS told
            GROUP BY 1, 2, 3""";

    /**
     * A call's place in the log tells it apart within its organization. What is asked of a call is true or false here: of a comparison the
     * planner would think that next to no call fulfils it.
     */
    private static final String STATEMENT = """
            SELECT call.organization, call.log_offset AS place, call.at, call.provider, call.model, call.operation, call.session,
                coalesce(call.tags ->> 'phase', '') AS phase, coalesce(call.tags ->> 'milestone', '') AS milestone,
                coalesce(call.tags ->> 'complexity', '') AS complexity,
                coalesce('task ' || (call.tags ->> 'task'), 'prompt ' || call.model || ' ' || call.prompt) AS task,
                call.retry_of IS NOT NULL AS retries, coalesce(besides.retried, false) AS retried, call.error_count > 0 AS failed,
                call.requests + coalesce(besides.requests, 0) AS requests,
                call.requests + coalesce(besides.requests, 0) = 1 AS single,
                call.requests + coalesce(besides.requests, 0) = 1 AND call.error_count = 0
                    AND call.tokens_in + coalesce(besides.tokens_in, 0) + call.tokens_out + coalesce(besides.tokens_out, 0) > 0 AS telling,
                call.unpriced_requests + coalesce(besides.unpriced, 0) AS unpriced,
                call.total_cost + coalesce(besides.cost, 0) AS cost,
                call.tokens_in + coalesce(besides.tokens_in, 0) AS tokens_in,
                call.tokens_out + coalesce(besides.tokens_out, 0) AS tokens_out
            FROM (SELECT *, %1$s AS tokens_in, %2$s AS tokens_out FROM %3$s AND NOT correction) AS call
            LEFT JOIN (%4$s) AS besides
              ON besides.organization = call.organization AND besides.source = call.source
                AND besides.record_id = call.record_id""";

    private TaskCalls() {}

    /** @param covered the detail rows that the question covers: a table and a condition */
    static String of(String covered) {
        return STATEMENT.formatted(IN, OUT, covered, BESIDES.formatted(IN, OUT, covered));
    }

    private static String sumOf(Stream<String> columns) {
        return columns.map(name -> "coalesce(" + name + ", 0)").collect(Collectors.joining(" + ", "(", ")"));
    }
}
