package dev.centime.ingest.view.prices;

import dev.centime.kit.Caller;
import dev.centime.kit.PageEnd;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

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

    /** Where a page ended. @param provider empty where nobody named one */
    record After(BigDecimal requests, String provider, String model, String organization) {
        static After of(PageEnd end) {
            return new After(end.amount(), end.text(), end.text(), end.text());
        }

        static After of(UnpricedModel last) {
            var provider = last.provider() == null ? "" : last.provider();
            return new After(BigDecimal.valueOf(last.requests()), provider, last.model(), last.organizationId());
        }

        List<String> keys() {
            return List.of(requests.toPlainString(), provider, model, organization);
        }
    }

    /** @return one more than the limit when there are more */
    static Uni<List<UnpricedModel>> of(
            SqlConnection connection,
            Caller caller,
            int partition,
            Optional<List<String>> subjects,
            @Nullable After after,
            int limit) {
        var tuple = Tuple.tuple()
                .addInteger(partition)
                .addString(caller.organization())
                .addArrayOfString(subjects.orElse(List.of()).toArray(String[]::new))
                .addBigDecimal(after == null ? null : after.requests)
                .addString(after == null ? "" : after.provider)
                .addString(after == null ? "" : after.model)
                .addString(after == null ? "" : after.organization)
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
