package dev.centime.budget;

import dev.centime.contracts.AlertRaised;
import dev.centime.contracts.BudgetDefinition.Channel;
import io.vertx.mutiny.sqlclient.Row;
import java.util.Locale;

/**
 * A message about an alert to one destination, as whoever sends it sees it.
 *
 * @param id follows from alert and destination; by it a receiver knows a message that comes twice
 * @param destination the id of an address or a webhook, the name of a Slack channel; empty for the console
 * @param attempt which one this is, from 1
 */
public record Delivery(
        int partition,
        String organization,
        String id,
        Channel channel,
        String destination,
        AlertRaised alert,
        int attempt) {

    /** To select, with {@link #read(Row)}. */
    public static final String COLUMNS =
            "partition, organization, delivery_id, channel, destination, alert::text AS alert, attempts";

    public static Delivery read(Row row) {
        return new Delivery(
                row.getInteger("partition"),
                row.getString("organization"),
                row.getString("delivery_id"),
                Channel.valueOf(row.getString("channel").toUpperCase(Locale.ROOT)),
                row.getString("destination"),
                StoredAlert.read(row.getString("alert")),
                row.getInteger("attempts"));
    }
}
