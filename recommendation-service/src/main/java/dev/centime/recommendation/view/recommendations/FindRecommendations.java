package dev.centime.recommendation.view.recommendations;

import dev.centime.eventstore.log.EventLog;
import dev.centime.kit.Caller;
import dev.centime.kit.Query.Sort;
import dev.centime.kit.Tenants;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/** Reads what stands, of the caller's organization. */
@ApplicationScoped
class FindRecommendations {
    /** The columns that a list may be sorted by, by the name in the query. */
    static final Map<String, String> SORTS = Map.of(
            "priority_score", "priority_score::numeric",
            "estimated_savings", "estimated_savings",
            "created_at", "extract(epoch FROM created_at)");

    private final EventLog log;
    private final Tenants tenants;

    FindRecommendations(EventLog log, Tenants tenants) {
        this.log = log;
        this.tenants = tenants;
    }

    /** What to list; nulls do not filter. */
    record Wanted(
            @Nullable String status,
            @Nullable String type,
            @Nullable BigDecimal leastSavings) {}

    /** Where a page ended. */
    record After(BigDecimal value, String recommendationId) {}

    /** One item of a list, with what it is sorted by. */
    record Found(Recommendation recommendation, BigDecimal sortedBy) {}

    Uni<Optional<Recommendation>> one(Caller caller, String recommendationId) {
        var organization = caller.oneOrganization();
        return log.partitionOf(organization)
                .chain(partition -> tenants.with(caller, connection -> connection
                        .preparedQuery("""
                                SELECT body::text AS body FROM recommendation.recommendation
                                WHERE partition = $1 AND organization = $2 AND recommendation_id = $3
                                """)
                        .execute(Tuple.of(partition, organization, recommendationId))))
                .map(rows -> stream(rows).findFirst().map(row -> Standing.read(row.getString("body"))));
    }

    Uni<List<Found>> list(Caller caller, Wanted wanted, Sort sort, @Nullable After after, int limit) {
        var column = SORTS.getOrDefault(sort.name(), "");
        var sql = """
                SELECT body::text AS body, %1$s AS sorted_by FROM recommendation.recommendation
                WHERE partition = $1 AND organization = $2
                  AND ($3::text IS NULL OR status = $3)
                  AND ($4::text IS NULL OR recommendation_type = $4)
                  AND ($5::numeric IS NULL OR estimated_savings >= $5)
                  AND ($6::numeric IS NULL OR (%1$s, recommendation_id) %2$s ($6, $7::text))
                ORDER BY %1$s %3$s, recommendation_id %3$s LIMIT $8
                """.formatted(column, sort.descending() ? "<" : ">", sort.descending() ? "DESC" : "ASC");
        var organization = caller.oneOrganization();
        return log.partitionOf(organization)
                .chain(partition -> tenants.with(caller, connection -> connection
                        .preparedQuery(sql)
                        .execute(parameters(partition, organization, wanted, after, limit))))
                .map(rows -> stream(rows)
                        .map(row -> new Found(Standing.read(row.getString("body")), row.getBigDecimal("sorted_by")))
                        .toList());
    }

    private static Tuple parameters(
            int partition, String organization, Wanted wanted, @Nullable After after, int limit) {
        return Tuple.tuple()
                .addInteger(partition)
                .addString(organization)
                .addString(wanted.status)
                .addString(wanted.type)
                .addBigDecimal(wanted.leastSavings)
                .addBigDecimal(after == null ? null : after.value)
                .addString(after == null ? null : after.recommendationId)
                .addInteger(limit);
    }

    Uni<RecommendationSummary> summary(Caller caller) {
        var organization = caller.oneOrganization();
        return log.partitionOf(organization)
                .chain(partition -> tenants.with(
                        caller, connection -> connection.preparedQuery("""
                                SELECT status, recommendation_type, count(*) AS count, sum(estimated_savings) AS savings
                                FROM recommendation.recommendation WHERE partition = $1 AND organization = $2
                                GROUP BY status, recommendation_type
                                """).execute(Tuple.of(partition, organization))))
                .map(rows -> RecommendationSummary.of(stream(rows)
                        .map(row -> new RecommendationSummary.Row(
                                row.getString("status"),
                                row.getString("recommendation_type"),
                                row.getLong("count"),
                                row.getBigDecimal("savings")))
                        .toList()));
    }

    private static java.util.stream.Stream<Row> stream(RowSet<Row> rows) {
        return StreamSupport.stream(rows.spliterator(), false);
    }
}
