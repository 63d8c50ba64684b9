package dev.centime.recommendation.view.recommendations;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.centime.contracts.Contracts;
import dev.centime.eventstore.projection.View;
import dev.centime.recommendation.view.recommendations.Recommendations.Key;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Tuple;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;

/** The rows of what stands, read and written within a page. */
final class Standing {
    private static final ObjectMapper JSON = Contracts.mapper();

    private Standing() {}

    static Uni<Map<Key, Recommendation>> of(View view, Collection<Key> keys) {
        var sql = """
                SELECT organization, recommendation_id, body::text AS body FROM %s
                WHERE partition = $1 AND (organization, recommendation_id) IN (SELECT * FROM unnest($2::text[], $3::text[]))
                """.formatted(view.table("recommendation"));
        var tuple = Tuple.of(
                view.partition(),
                keys.stream().map(Key::organization).toArray(String[]::new),
                keys.stream().map(Key::recommendationId).toArray(String[]::new));
        return view.connection().preparedQuery(sql).execute(tuple).map(rows -> {
            var found = new HashMap<Key, Recommendation>();
            rows.forEach(row -> found.put(
                    new Key(row.getString("organization"), row.getString("recommendation_id")),
                    read(row.getString("body"))));
            return found;
        });
    }

    static Uni<Void> put(View view, Map<Key, Recommendation> changed) {
        var sql = """
                INSERT INTO %s (partition, organization, recommendation_id, status, recommendation_type, estimated_savings,
                                priority_score, created_at, body)
                VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9::text::jsonb)
                ON CONFLICT (partition, organization, recommendation_id) DO UPDATE
                SET status = excluded.status, estimated_savings = excluded.estimated_savings,
                    priority_score = excluded.priority_score, body = excluded.body
                """.formatted(view.table("recommendation"));
        var rows = changed.entrySet().stream()
                .map(entry -> row(view.partition(), entry.getKey(), entry.getValue()))
                .toList();
        return view.connection().preparedQuery(sql).executeBatch(rows).replaceWithVoid();
    }

    private static Tuple row(int partition, Key key, Recommendation standing) {
        return Tuple.tuple()
                .addInteger(partition)
                .addString(key.organization())
                .addString(key.recommendationId())
                .addString(standing.status().text())
                .addString(standing.advice().recommendationType().text())
                .addBigDecimal(standing.advice().estimatedSavings().amount())
                .addInteger(standing.advice().priorityScore())
                .addOffsetDateTime(standing.createdAt().atOffset(ZoneOffset.UTC))
                .addString(write(standing));
    }

    static Recommendation read(String json) {
        try {
            return JSON.readValue(json, Recommendation.class);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("the view holds what it wrote", e);
        }
    }

    private static String write(Recommendation standing) {
        try {
            return JSON.writeValueAsString(standing);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("what was read from JSON can be written", e);
        }
    }
}
