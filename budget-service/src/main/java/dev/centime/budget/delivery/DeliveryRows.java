package dev.centime.budget.delivery;

import dev.centime.budget.Delivery;
import io.quarkus.reactive.datasource.ReactiveDataSource;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/**
 * Messages that wait, and who sends them. Whoever takes one says until when he is at it, by the database's clock; should he die, it is due
 * again then, for whoever looks first. Each taking is an attempt with a number, and only the newest attempt may say how it ended.
 */
@ApplicationScoped
public class DeliveryRows {
    private static final String WAITING = """
            SELECT partition, count(*) AS waiting, min(due) <= now() AS due
            FROM budget.delivery WHERE state = 'waiting' GROUP BY partition
            """;

    /** Of so many, the longest due, some are taken: ten thousand alerts at once are not sorted anew for every few of them. */
    private static final int LOOKED_AT = 1_000;

    /** Some of each organization, the longest due first. Two replicas that take at once: the second finds the rows no longer due. */
    private static final String TAKE = """
            UPDATE budget.delivery d
            SET attempts = attempts + 1, due = now() + make_interval(secs => $4)
            WHERE partition = $1 AND state = 'waiting' AND due <= now()
                AND (organization, delivery_id) IN (
                    SELECT organization, delivery_id FROM (
                        SELECT organization, delivery_id, due,
                            row_number() OVER (PARTITION BY organization ORDER BY due, delivery_id) AS place
                        FROM (
                            SELECT organization, delivery_id, due FROM budget.delivery
                            WHERE partition = $1 AND state = 'waiting' AND due <= now() AND NOT organization = ANY ($5)
                            ORDER BY due LIMIT %d) AS oldest) AS waiting
                    WHERE place <= $3 ORDER BY due LIMIT $2)
            RETURNING %s
            """.formatted(LOOKED_AT, Delivery.COLUMNS);

    private static final String END = """
            UPDATE budget.delivery SET state = $5, ended_at = now(), last_status = $6, last_reason = $7
            WHERE partition = $1 AND organization = $2 AND delivery_id = $3 AND attempts = $4 AND state = 'waiting'
            """;

    private static final String RETRY = """
            UPDATE budget.delivery SET due = now() + make_interval(secs => $5), last_status = $6, last_reason = $7
            WHERE partition = $1 AND organization = $2 AND delivery_id = $3 AND attempts = $4 AND state = 'waiting'
            """;

    private static final String FORGET = """
            DELETE FROM budget.delivery WHERE (partition, organization, delivery_id) IN (
                SELECT partition, organization, delivery_id FROM budget.delivery
                WHERE state <> 'waiting' AND ended_at < now() - make_interval(secs => $1) LIMIT 1000)
            """;

    private final Pool pool;

    public DeliveryRows(@ReactiveDataSource("runner") Pool pool) {
        this.pool = pool;
    }

    /** @param due whether one of them is to be tried now */
    record Waiting(int partition, long number, boolean due) {}

    Uni<List<Waiting>> waiting() {
        return pool.preparedQuery(WAITING).execute().map(rows -> StreamSupport.stream(rows.spliterator(), false)
                .map(row -> new Waiting(row.getInteger("partition"), row.getLong("waiting"), row.getBoolean("due")))
                .toList());
    }

    /**
     * @param most of all
     * @param mostOfOne of one organization
     * @param hold after which it is due again
     * @param passedOver organizations of which none is taken
     */
    Uni<List<Delivery>> take(int partition, int most, int mostOfOne, Duration hold, Collection<String> passedOver) {
        return pool.preparedQuery(TAKE)
                .execute(
                        Tuple.of(partition, most, mostOfOne, hold.toSeconds() * 1.0, passedOver.toArray(String[]::new)))
                .map(rows -> StreamSupport.stream(rows.spliterator(), false)
                        .map(Delivery::read)
                        .toList());
    }

    /** @return false when a later attempt is on its way */
    Uni<Boolean> end(Delivery delivery, String state, @Nullable Integer status, @Nullable String reason) {
        return pool.preparedQuery(END)
                .execute(key(delivery).addString(state).addInteger(status).addString(reason))
                .map(rows -> rows.rowCount() == 1);
    }

    Uni<Boolean> retry(Delivery delivery, Duration pause, @Nullable Integer status, String reason) {
        return pool.preparedQuery(RETRY)
                .execute(key(delivery)
                        .addDouble(pause.toMillis() / 1000.0)
                        .addInteger(status)
                        .addString(reason))
                .map(rows -> rows.rowCount() == 1);
    }

    /** Deletes what ended longer ago than that, at most a thousand at a time. */
    Uni<Void> forget(Duration kept) {
        return pool.preparedQuery(FORGET)
                .execute(Tuple.of(kept.toSeconds() * 1.0))
                .replaceWithVoid();
    }

    private static Tuple key(Delivery delivery) {
        return Tuple.tuple()
                .addInteger(delivery.partition())
                .addString(delivery.organization())
                .addString(delivery.id())
                .addInteger(delivery.attempt());
    }
}
