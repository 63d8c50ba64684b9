package dev.centime.ingest.view.prices;

import dev.centime.kit.Caller;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Unpriced requests by model and organization, from the cost cells: corrections take them away there. */
final class SelectUnpriced {
    private static final String STATEMENT = """
            SELECT organization, provider, model, sum(unpriced) AS requests, sum(tokens) AS tokens, min(day) AS first_day,
                   max(day) AS last_day
            FROM (
                SELECT organization, provider, model, (bucket AT TIME ZONE 'UTC')::date AS day,
                       sum(unpriced_requests) AS unpriced, sum(unpriced_tokens) AS tokens
                FROM ingest.%s
                WHERE ($1 < 0 OR partition = $1 AND organization = $2) %s
                GROUP BY 1, 2, 3, 4
                HAVING sum(unpriced_requests) > 0
            ) AS days
            GROUP BY 1, 2, 3
            HAVING $4::numeric IS NULL OR sum(unpriced) < $4
                OR sum(unpriced) = $4 AND (provider, model, organization) > ($5, $6, $7)
            ORDER BY requests DESC, provider, model, organization
            LIMIT $8
            """;

    private static final String EVERYBODYS = STATEMENT.formatted("cell_day", "AND $3::text[] IS NOT NULL");
    private static final String SOMEBODYS = STATEMENT.formatted("user_cell_day", "AND subject = ANY ($3::text[])");

    private SelectUnpriced() {}

    /** @return one more than the limit when there are more */
    static Uni<List<UnpricedModel>> of(
            SqlConnection connection,
            Caller caller,
            int partition,
            Optional<List<String>> subjects,
            List<String> after,
            int limit) {
        var first = after.isEmpty();
        var tuple = Tuple.tuple()
                .addInteger(partition)
                .addString(caller.organization())
                .addArrayOfString(subjects.orElse(List.of()).toArray(String[]::new))
                .addBigDecimal(first ? null : new java.math.BigDecimal(after.getFirst()))
                .addString(first ? "" : after.get(1))
                .addString(first ? "" : after.get(2))
                .addString(first ? "" : after.getLast())
                .addInteger(limit + 1);
        return connection
                .preparedQuery(subjects.isEmpty() ? EVERYBODYS : SOMEBODYS)
                .execute(tuple)
                .map(rows -> {
                    var models = new ArrayList<UnpricedModel>();
                    rows.forEach(row -> models.add(new UnpricedModel(
                            row.getString("organization"),
                            row.getString("provider").isEmpty() ? null : row.getString("provider"),
                            row.getString("model"),
                            row.getBigDecimal("requests").longValueExact(),
                            row.getBigDecimal("tokens").longValueExact(),
                            row.getLocalDate("first_day"),
                            row.getLocalDate("last_day"))));
                    return models;
                });
    }
}
