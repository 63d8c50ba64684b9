package dev.centime.budget.channel;

import dev.centime.budget.Delivery;
import dev.centime.budget.Severity;
import dev.centime.contracts.BudgetDefinition.Channel;
import jakarta.enterprise.context.ApplicationScoped;
import org.jboss.logging.Logger;

/** A line of the service's log. */
@ApplicationScoped
public class ConsoleChannel implements MessageChannel {
    private static final Logger LOG = Logger.getLogger("centime.alerts");

    private final Links links;

    public ConsoleChannel(Links links) {
        this.links = links;
    }

    @Override
    public Channel name() {
        return Channel.CONSOLE;
    }

    @Override
    public Outcome send(Delivery delivery) {
        var alert = delivery.alert();
        LOG.logf(
                Severity.of(alert) == Severity.INFO ? Logger.Level.INFO : Logger.Level.WARN,
                "%s [alert %s, organization %s]",
                Message.of(alert, links).inShort(),
                OneLine.of(alert.alertId()),
                delivery.organization());
        return new Outcome.Delivered(null);
    }
}
