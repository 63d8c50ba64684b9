package dev.centime.ingest.view.costs.efficiency;

/**
 * The calls of {@link TaskCalls} judged one by one and added up, by what they have in common: as many rows as there are different values,
 * however many calls. Decision 0131 says what waste is.
 */
final class JudgedTasks {
    /** Calls of a kind from which on it is known what is usual for it. */
    private static final int ENOUGH_CALLS = 20;

    /** Numbered, since calls are sorted by a number in a tenth of the time of four texts. */
    private static final String KIND = """
            SELECT organization, model, operation, complexity, row_number() OVER () AS kind
            FROM call WHERE telling GROUP BY 1, 2, 3, 4 HAVING count(*) >= %d""".formatted(ENOUGH_CALLS);

    /** How many tokens calls of a kind have at most as a rule, in all and as input: by quartiles, on a logarithmic scale. */
    private static final String NORMAL = """
            SELECT kind.*,
                greatest(div(q[3]::numeric * q[3] * q[3], greatest(q[1], 1)::numeric * greatest(q[1], 1)), 2 * q[2]) AS most,
                greatest(div(i[3]::numeric * i[3] * i[3], greatest(i[1], 1)::numeric * greatest(i[1], 1)), 2 * i[2]) AS most_in
            FROM kind JOIN (
                SELECT kind, percentile_disc(ARRAY[0.25, 0.5, 0.75]::float8[]) WITHIN GROUP (ORDER BY tokens_in + tokens_out) AS q,
                    percentile_disc(ARRAY[0.25, 0.5, 0.75]::float8[]) WITHIN GROUP (ORDER BY tokens_in) AS i
                FROM call JOIN kind USING (organization, model, operation, complexity)
                WHERE telling GROUP BY kind) AS quartiles USING (kind)""";

    /** Tasks told apart by what they are: whether another try came after, and whether it had been done before. Most come once. */
    private static final String REPEATED = """
            SELECT organization, place,
                lead(place) OVER (PARTITION BY organization, task ORDER BY at, place) IS NOT NULL AS tried_again,
                count(*) FILTER (WHERE NOT failed) OVER (PARTITION BY organization, task ORDER BY at, place
                    ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) > 0 AS done_before
            FROM call JOIN (
                SELECT organization, task FROM call WHERE single AND task IS NOT NULL GROUP BY 1, 2 HAVING count(*) > 1)
              AS several USING (organization, task)
            WHERE single""";

    private static final String JUDGED = """
            SELECT call.*, tokens_in + tokens_out AS tokens, normal.most,
                CASE WHEN single AND unpriced = 0 THEN %s ELSE '' END AS heat,
                single AND coalesce(tokens_in > normal.most_in, false) AS long_prompt,
                CASE
                    WHEN NOT single THEN ''
                    WHEN retried OR failed AND repeated.tried_again THEN 'FAILED_ATTEMPTS'
                    WHEN NOT failed AND repeated.done_before THEN 'REDUNDANT_TASKS'
                    WHEN tokens_in + tokens_out > normal.most THEN 'OVER_ENGINEERED'
                    ELSE ''
                END AS waste
            FROM call LEFT JOIN (%s) AS repeated USING (organization, place)
              LEFT JOIN normal USING (organization, model, operation, complexity)""".formatted(TaskHeatMap.CLASS, REPEATED);

    /** Of a call that is too long only what is beyond the usual length is wasted, and so much of its cost. */
    private static final String BY_MODEL = """
            SELECT provider, model, complexity, single, heat, long_prompt, waste, count(*) AS calls, sum(requests) AS tasks,
                sum(cost) AS cost, sum(tokens_in) AS tokens_in, sum(tokens_out) AS tokens_out, sum(unpriced) AS unpriced,
                min(at) AS first_at,
                sum(CASE waste WHEN '' THEN 0 WHEN 'OVER_ENGINEERED' THEN round(cost * (tokens - most) / tokens, 12)
                    ELSE cost END) AS wasted
            FROM (%s) AS judged GROUP BY 1, 2, 3, 4, 5, 6, 7""".formatted(JUDGED);

    private static final String SUMS =
            "sum(requests) AS tasks, sum(cost) AS cost, sum(tokens_in) AS tokens_in, sum(tokens_out) AS tokens_out";

    private static final String BY_SESSION =
            "SELECT organization, phase, session, " + SUMS + " FROM call GROUP BY 1, 2, 3";

    private static final String BY_DAY =
            "SELECT milestone, width_bucket(at, %s::timestamptz[]) AS day, " + SUMS + " FROM call GROUP BY 1, 2";

    private JudgedTasks() {}

    /**
     * Common table expressions over {@code call}: {@code kind}, {@code normal}, and the sums {@code by_model}, {@code by_session} and
     * {@code by_day}.
     *
     * @param days first instants, an array
     */
    static String of(String days) {
        return "kind AS MATERIALIZED (" + KIND + "), normal AS MATERIALIZED (" + NORMAL
                + "), by_model AS MATERIALIZED ("
                + BY_MODEL + "), by_session AS MATERIALIZED (" + BY_SESSION + "), by_day AS MATERIALIZED ("
                + BY_DAY.formatted(days) + ")";
    }
}
