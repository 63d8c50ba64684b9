package dev.centime.budget.channel;

import dev.centime.budget.Delivery;
import dev.centime.contracts.BudgetDefinition.Channel;

/** One way by which messages go out. */
public interface MessageChannel {
    Channel name();

    /**
     * Sends a message once. Called on a virtual thread, and may wait.
     *
     * @throws Exception whatever goes wrong otherwise; it counts as {@link Outcome.Failed}
     */
    Outcome send(Delivery delivery) throws Exception;
}
