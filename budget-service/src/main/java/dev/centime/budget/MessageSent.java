package dev.centime.budget;

import com.fasterxml.jackson.annotation.JsonValue;
import dev.centime.contracts.BudgetDefinition.Channel;
import io.vertx.mutiny.sqlclient.Row;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Locale;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * A message about an alert, and what became of it.
 *
 * @param id what a webhook's {@code webhook-id} and a mail's Message-ID say, at every attempt
 * @param destination what of it may be shown: an address of mail, a Slack channel, the host of a webhook
 * @param nextAttemptAt null when it is over
 * @param lastStatus of HTTP or SMTP, null when there was none
 * @param lastReason why it waits, is dead or was suppressed
 */
@Schema(name = "Delivery")
public record MessageSent(
        String id,
        String organizationId,
        String alertId,
        Channel channel,
        @Nullable String destination,
        State state,
        int attempts,
        Instant createdAt,
        @Nullable Instant nextAttemptAt,
        @Nullable Instant endedAt,
        @Nullable Integer lastStatus,
        @Nullable String lastReason) {

    /** To select, with {@link #read(Row)}. */
    public static final String COLUMNS =
            "organization, delivery_id, alert_id, channel, destination, shown, state, attempts, due, created_at, ended_at, last_status, last_reason";

    /** What became of it. */
    @Schema(name = "DeliveryState")
    public enum State {
        WAITING,
        DELIVERED,
        DEAD,
        SUPPRESSED;

        @JsonValue
        public String text() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** @param destination as it lies in the row: what may be shown, else an id that stands for a name */
    public record Unnamed(MessageSent message, @Nullable String nameId) {}

    public static Unnamed read(Row row) {
        var state = State.valueOf(row.getString("state").toUpperCase(Locale.ROOT));
        var shown = row.getString("shown");
        var key = row.getString("destination");
        return new Unnamed(
                new MessageSent(
                        row.getString("delivery_id"),
                        row.getString("organization"),
                        row.getString("alert_id"),
                        Channel.valueOf(row.getString("channel").toUpperCase(Locale.ROOT)),
                        shown,
                        state,
                        row.getInteger("attempts"),
                        row.getOffsetDateTime("created_at").toInstant(),
                        state == State.WAITING ? row.getOffsetDateTime("due").toInstant() : null,
                        instant(row.getOffsetDateTime("ended_at")),
                        row.getInteger("last_status"),
                        row.getString("last_reason")),
                shown == null && !key.isEmpty() ? key : null);
    }

    public MessageSent to(@Nullable String named) {
        return new MessageSent(
                id,
                organizationId,
                alertId,
                channel,
                named,
                state,
                attempts,
                createdAt,
                nextAttemptAt,
                endedAt,
                lastStatus,
                lastReason);
    }

    private static @Nullable Instant instant(@Nullable OffsetDateTime value) {
        return value == null ? null : value.toInstant();
    }
}
