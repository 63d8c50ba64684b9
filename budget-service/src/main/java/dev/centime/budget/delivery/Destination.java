package dev.centime.budget.delivery;

import dev.centime.contracts.BudgetDefinition.Channel;
import org.jspecify.annotations.Nullable;

/**
 * One place a message goes to.
 *
 * @param key the id of an address or a webhook, the name of a Slack channel; empty for the console, and where there is none
 * @param shown what may be seen of it; null where the key stands for a name
 * @param heldBack why no message goes there; null when one does
 */
public record Destination(
        Channel channel,
        String key,
        @Nullable String shown,
        @Nullable String heldBack) {

    static Destination to(Channel channel, String key, @Nullable String shown) {
        return new Destination(channel, key, shown, null);
    }

    static Destination none(Channel channel, String why) {
        return new Destination(channel, "", null, why);
    }
}
