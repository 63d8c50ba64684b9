package dev.centime.budget.delivery;

import dev.centime.budget.DerivedId;
import dev.centime.budget.StoredAlert;
import dev.centime.contracts.AlertRaised;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.ZoneOffset;

/**
 * Queues a message. It is held back where another about the same went to the same place shortly before (or after: alerts may come late),
 * unless it is worse than that one. Queued again after a crash it changes nothing.
 */
public final class Queued {
    private static final String SQL = """
            INSERT INTO budget.delivery (partition, organization, delivery_id, alert_id, channel, destination, shown, subject, about,
                rank, alert, state, attempts, due, raised_at, created_at, ended_at, last_reason)
            SELECT $1::int, $2::text, $3::text, $4::text, $5::text, $6::text, $7::text, $8::text, $9::text, $10::numeric, $11::text::jsonb,
                CASE WHEN held.reason IS NULL THEN 'waiting' ELSE 'suppressed' END, 0, now(), $12::timestamptz, now(),
                CASE WHEN held.reason IS NULL THEN NULL ELSE now() END, held.reason
            FROM (SELECT CASE
                WHEN $14::text IS NOT NULL THEN $14::text
                WHEN EXISTS (
                    SELECT FROM budget.delivery d
                    WHERE d.partition = $1 AND d.organization = $2 AND d.about = $9 AND d.raised_at > $13
                        AND d.channel = $5 AND d.destination = $6 AND d.alert_id <> $4
                        AND d.rank >= $10 AND d.state IN ('waiting', 'delivered'))
                THEN 'cooldown: another message about the same went there shortly before' END AS reason) AS held
            ON CONFLICT (partition, organization, delivery_id) DO NOTHING
            RETURNING state
            """;

    private Queued() {}

    /**
     * @param about what the cooldown goes by
     * @param rank how bad it is
     * @param cooldown zero for none
     */
    public record Message(
            int partition,
            String organization,
            AlertRaised alert,
            Destination destination,
            String about,
            BigDecimal rank,
            Duration cooldown) {
        String id() {
            return DerivedId.of(
                            "delivery",
                            organization,
                            alert.alertId(),
                            destination.channel().text(),
                            destination.key())
                    .toString();
        }
    }

    /** @return whether it was queued now and held back */
    static Uni<Boolean> execute(Pool pool, Message message) {
        var alert = message.alert();
        var destination = message.destination();
        var since = message.cooldown().isZero()
                ? alert.raisedAt().plus(Duration.ofDays(3650))
                : alert.raisedAt().minus(message.cooldown());
        return pool.preparedQuery(SQL)
                .execute(Tuple.tuple()
                        .addInteger(message.partition())
                        .addString(message.organization())
                        .addString(message.id())
                        .addString(alert.alertId())
                        .addString(destination.channel().text())
                        .addString(destination.key())
                        .addString(destination.shown())
                        .addString(alert.subject())
                        .addString(message.about())
                        .addBigDecimal(message.rank())
                        .addString(StoredAlert.json(alert))
                        .addOffsetDateTime(alert.raisedAt().atOffset(ZoneOffset.UTC))
                        .addOffsetDateTime(since.atOffset(ZoneOffset.UTC))
                        .addString(destination.heldBack()))
                .map(rows -> rows.iterator().hasNext()
                        && rows.iterator().next().getString("state").equals("suppressed"));
    }
}
