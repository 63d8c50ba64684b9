package dev.centime.budget.reaction;

import dev.centime.contracts.AlertRaised;
import dev.centime.eventstore.log.Event;
import dev.centime.eventstore.projection.Reaction;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Set;
import org.jboss.logging.Logger;

/** The console channel: a line of the log an alert. It may come twice after a crash, and is known again by its id. */
@ApplicationScoped
public class WhenAlertRaisedThenWriteToConsole implements Reaction {
    private static final Logger LOG = Logger.getLogger("centime.alerts");

    @Override
    public String name() {
        return "write-alerts-to-console";
    }

    @Override
    public Set<Class<?>> reads() {
        return Set.of(AlertRaised.class);
    }

    @Override
    public Uni<Void> react(List<Event> page) {
        return Uni.createFrom().voidItem().invoke(() -> page.forEach(WhenAlertRaisedThenWriteToConsole::write));
    }

    private static void write(Event event) {
        var alert = (AlertRaised) event.payload();
        if (!wantsConsole(alert)) {
            return;
        }
        var level = alert.severity().equals("info") ? Logger.Level.INFO : Logger.Level.WARN;
        LOG.logf(
                level,
                "%s [alert %s, organization %s] %s",
                alert.title(),
                alert.alertId(),
                event.stored().organization(),
                alert.message().replace('\n', ' '));
    }

    /** An alert that names its channels goes to those alone. */
    private static boolean wantsConsole(AlertRaised alert) {
        var channels = alert.details() == null ? null : alert.details().get("channels");
        if (channels == null || !channels.isArray()) {
            return true;
        }
        for (var channel : channels) {
            if (channel.asText().equals("console")) {
                return true;
            }
        }
        return false;
    }
}
