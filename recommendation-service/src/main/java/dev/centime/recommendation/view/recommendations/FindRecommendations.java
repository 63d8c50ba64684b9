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
import java.util.function.UnaryOperator;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/** Reads what stands, of the caller's organization or, for a platform admin who asks for that, of all. */
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

    /** Where a page ended: an id is an organization's own. */
    record After(BigDecimal value, String recommendationId, String organization) {}

    /** One item of a list, with what it is sorted by. */
    record Found(Recommendation recommendation, BigDecimal sortedBy) {}

    Uni<Optional<Recommendation>> one(Caller caller, String recommendationId) {
        var sql = "SELECT organization, body::text AS body FROM recommendation.recommendation WHERE " + whose(caller)
                + " AND recommendation_id = $3";
        return read(caller, sql, whose -> whose.addString(recommendationId))
                .map(rows -> stream(rows).findFirst().map(FindRecommendations::read));
    }

    Uni<List<Found>> list(Caller caller, Wanted wanted, Sort sort, @Nullable After after, int limit) {
        var column = SORTS.getOrDefault(sort.name(), "");
        var sql =
                """
                SELECT organization, body::text AS body, %1$s AS sorted_by FROM recommendation.recommendation
                WHERE %4$s
                  AND ($3::text IS NULL OR status = $3)
                  AND ($4::text IS NULL OR recommendation_type = $4)
                  AND ($5::numeric IS NULL OR estimated_savings >= $5)
                  AND ($6::numeric IS NULL OR (%1$s, recommendation_id, organization) %2$s ($6, $7::text, $8::text))
                ORDER BY %1$s %3$s, recommendation_id %3$s, organization %3$s LIMIT $9
                """.formatted(column, sort.descending() ? "<" : ">", sort.descending() ? "DESC" : "ASC", whose(caller));
        return read(caller, sql, whose -> parameters(whose, wanted, after, limit))
                .map(rows -> stream(rows)
                        .map(row -> new Found(read(row), row.getBigDecimal("sorted_by")))
                        .toList());
    }

    private static Recommendation read(Row row) {
        return Standing.read(row.getString("body")).of(row.getString("organization"));
    }

    private static Tuple parameters(Tuple whose, Wanted wanted, @Nullable After after, int limit) {
        return whose.addString(wanted.status)
                .addString(wanted.type)
                .addBigDecimal(wanted.leastSavings)
                .addBigDecimal(after == null ? null : after.value)
                .addString(after == null ? null : after.recommendationId)
                .addString(after == null ? null : after.organization)
                .addInteger(limit);
    }

    Uni<RecommendationSummary> summary(Caller caller) {
        var sql = """
                SELECT status, recommendation_type, count(*) AS count, sum(estimated_savings) AS savings
                FROM recommendation.recommendation WHERE %s GROUP BY status, recommendation_type
                """.formatted(whose(caller));
        return read(caller, sql, whose -> whose)
                .map(rows -> RecommendationSummary.of(stream(rows)
                        .map(row -> new RecommendationSummary.Row(
                                row.getString("status"),
                                row.getString("recommendation_type"),
                                row.getLong("count"),
                                row.getBigDecimal("savings")))
                        .toList()));
    }

    /** Whose rows, by the first two parameters. Over all organizations nothing is compared, so that any plan will do. */
    private static String whose(Caller caller) {
        return caller.allOrganizations()
                ? "$1::int IS NULL AND $2::text IS NOT NULL"
                : "partition = $1 AND organization = $2";
    }

    private Uni<RowSet<Row>> read(Caller caller, String sql, UnaryOperator<Tuple> parameters) {
        return partition(caller)
                .map(partition -> Tuple.tuple().addInteger(partition).addString(caller.organization()))
                .chain(whose -> tenants.with(
                        caller, connection -> connection.preparedQuery(sql).execute(parameters.apply(whose))));
    }

    private Uni<@Nullable Integer> partition(Caller caller) {
        return caller.allOrganizations()
                ? Uni.createFrom().nullItem()
                : log.partitionOf(caller.organization()).map(partition -> partition);
    }

    private static java.util.stream.Stream<Row> stream(RowSet<Row> rows) {
        return StreamSupport.stream(rows.spliterator(), false);
    }
}
