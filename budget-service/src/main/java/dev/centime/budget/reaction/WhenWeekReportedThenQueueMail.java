package dev.centime.budget.reaction;

import dev.centime.budget.AlertSettings;
import dev.centime.budget.CurrentAlertSettings;
import dev.centime.budget.delivery.Destinations;
import dev.centime.budget.delivery.Queue;
import dev.centime.budget.delivery.Queued.Message;
import dev.centime.budget.report.WeekBudgets;
import dev.centime.budget.report.WeeklyReport;
import dev.centime.budget.view.budgets.BudgetsAtWeekEnd;
import dev.centime.budget.view.budgetspend.BudgetSpend;
import dev.centime.contracts.AlertRaised;
import dev.centime.contracts.BudgetDefinition.Contacts;
import dev.centime.contracts.WeekReported;
import dev.centime.eventstore.log.Event;
import dev.centime.eventstore.log.EventLog;
import dev.centime.eventstore.log.Position;
import dev.centime.eventstore.log.StoredEvent;
import dev.centime.eventstore.projection.Projections;
import dev.centime.eventstore.projection.Reaction;
import dev.centime.kit.Organizations;
import dev.centime.kit.Period;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Instance;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/**
 * What a week cost, and how the budgets stood then, becomes a mail to each address of the alert settings, by the way that messages about alerts go. It is no alert: it
 * stands in no list of them, and no severity or cooldown holds it back.
 */
@ApplicationScoped
public class WhenWeekReportedThenQueueMail implements Reaction {
    private static final Duration VIEW_DEADLINE = Duration.ofSeconds(2);

    private final CurrentAlertSettings current;
    private final Organizations organizations;
    private final BudgetsAtWeekEnd budgets;
    private final Queue queue;
    private final EventLog log;

    /** Made of all reactions, so it comes after this one. */
    private final Instance<Projections> projections;

    WhenWeekReportedThenQueueMail(
            CurrentAlertSettings current,
            Organizations organizations,
            BudgetsAtWeekEnd budgets,
            Queue queue,
            EventLog log,
            Instance<Projections> projections) {
        this.current = current;
        this.organizations = organizations;
        this.budgets = budgets;
        this.queue = queue;
        this.log = log;
        this.projections = projections;
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
        return spendIsKnown(stored)
                .chain(() -> budgets(stored.organization(), week))
                .chain(budgets -> queue(
                        stored,
                        WeeklyReport.told(stored.organization(), week, budgets, stored.recordedAt()),
                        settings));
    }

    /** Completes when the view of budgets holds what the log held when the week was told. */
    private Uni<Void> spendIsKnown(StoredEvent told) {
        return log.timeline().chain(timeline -> projections
                .get()
                .arrival(BudgetSpend.NAME, new Position(timeline, told.partition(), told.offset()), VIEW_DEADLINE));
    }

    private Uni<WeekBudgets> budgets(String id, WeekReported week) {
        var organization = organizations.known(id);
        return budgets.of(organization, new Period(week.start(), week.end(), organization.timeZone()));
    }

    private Uni<Void> queue(StoredEvent stored, AlertRaised told, AlertSettings settings) {
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
