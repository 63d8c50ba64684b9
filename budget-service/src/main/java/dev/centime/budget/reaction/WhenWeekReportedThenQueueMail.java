package dev.centime.budget.reaction;

import dev.centime.budget.AlertSettings;
import dev.centime.budget.CurrentAlertSettings;
import dev.centime.budget.delivery.Destinations;
import dev.centime.budget.delivery.Queue;
import dev.centime.budget.delivery.Queued.Message;
import dev.centime.budget.report.WeeklyReport;
import dev.centime.contracts.BudgetDefinition.Contacts;
import dev.centime.contracts.WeekReported;
import dev.centime.eventstore.log.Event;
import dev.centime.eventstore.log.StoredEvent;
import dev.centime.eventstore.projection.Reaction;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/**
 * What a week cost becomes a mail to each address of the alert settings, by the way that messages about alerts go. It is no alert: it
 * stands in no list of them, and no severity or cooldown holds it back.
 */
@ApplicationScoped
public class WhenWeekReportedThenQueueMail implements Reaction {
    private final CurrentAlertSettings current;
    private final Queue queue;

    WhenWeekReportedThenQueueMail(CurrentAlertSettings current, Queue queue) {
        this.current = current;
        this.queue = queue;
    }

    @Override
    public String name() {
        return "queue-weekly-reports";
    }

    @Override
    public Set<Class<?>> reads() {
        return Set.of(WeekReported.class);
    }

    @Override
    public Uni<Void> react(List<Event> page) {
        return Multi.createFrom()
                .iterable(page)
                .onItem()
                .transformToUniAndConcatenate(event -> current.of(event.stored().organization())
                        .chain(read -> queue(event.stored(), (WeekReported) event.payload(), read.settings())))
                .collect()
                .last()
                .replaceWithVoid();
    }

    private Uni<Void> queue(StoredEvent stored, WeekReported week, AlertSettings settings) {
        if (!settings.weeklyReport() || !settings.enabled()) {
            queue.silent();
            return Uni.createFrom().voidItem();
        }
        var told = WeeklyReport.told(stored.organization(), week, stored.recordedAt());
        return queue.add(new Destinations(settings, Contacts.NONE, null)
                .of(told).stream()
                        .map(destination -> new Message(
                                stored.partition(),
                                stored.organization(),
                                told,
                                destination,
                                told.kind() + " " + told.entity(),
                                BigDecimal.ZERO,
                                Duration.ZERO))
                        .toList());
    }
}
