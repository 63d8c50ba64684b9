package dev.centime.budget;

import dev.centime.budget.command.allocatesession.AllocateSessionHandler;
import dev.centime.budget.command.changebudget.ChangeBudgetHandler;
import dev.centime.budget.command.createbudget.CreateBudgetHandler;
import dev.centime.budget.command.deletebudget.DeleteBudgetHandler;
import dev.centime.budget.command.followcalendar.FollowCalendarHandler;
import dev.centime.budget.command.liftlimit.LiftLimitHandler;
import dev.centime.budget.command.restorelimit.RestoreLimitHandler;
import dev.centime.budget.event.AlertAcknowledged;
import dev.centime.budget.event.AlertSettingsSet;
import dev.centime.budget.event.IncreaseDecided;
import dev.centime.budget.event.IncreaseRequested;
import dev.centime.budget.event.LimitLifted;
import dev.centime.budget.event.LimitRestored;
import dev.centime.budget.event.NotificationPreferencesSet;
import dev.centime.budget.event.ReservationExpired;
import dev.centime.budget.event.ReservationReleased;
import dev.centime.budget.event.SpendReserved;
import dev.centime.budget.event.UserLimitsSet;
import dev.centime.contracts.BudgetDeleted;
import dev.centime.contracts.BudgetSet;
import dev.centime.contracts.Contracts;
import dev.centime.contracts.StoredAs;
import dev.centime.eventstore.axon.CentimeAxon;
import dev.centime.eventstore.axon.CentimeEventStorageEngine;
import dev.centime.eventstore.axon.Commands;
import dev.centime.eventstore.axon.EventTags;
import dev.centime.eventstore.log.About;
import dev.centime.eventstore.log.EventLog;
import dev.centime.eventstore.log.EventTypes;
import dev.centime.eventstore.log.Tag;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.axonframework.eventsourcing.configuration.EventSourcingConfigurer;
import org.axonframework.eventsourcing.eventstore.EventStorageEngine;

/** The table of contents: the events that this service reads and writes, and the commands that it handles. */
public class BudgetConfiguration {
    /** By which decisions find the events of a budget. */
    public static final String BUDGET_TAG = "budget";

    /** On every event of an organization that may leave less room for a reservation, but for usage, which nothing stops. */
    public static final Tag LIMITS = new Tag("limits", "all");

    private static final List<Class<?>> OWN_EVENTS = List.of(
            AlertAcknowledged.class,
            SpendReserved.class,
            ReservationReleased.class,
            ReservationExpired.class,
            LimitLifted.class,
            LimitRestored.class,
            UserLimitsSet.class,
            IncreaseRequested.class,
            IncreaseDecided.class,
            AlertSettingsSet.class,
            NotificationPreferencesSet.class);

    /** Every slice that decides, on an engine. */
    public static EventSourcingConfigurer slices(EventStorageEngine engine) {
        var configurer = CentimeAxon.configurer(engine, types(), tags());
        CreateBudgetHandler.configure(configurer);
        ChangeBudgetHandler.configure(configurer);
        DeleteBudgetHandler.configure(configurer);
        FollowCalendarHandler.configure(configurer);
        LiftLimitHandler.configure(configurer);
        RestoreLimitHandler.configure(configurer);
        AllocateSessionHandler.configure(configurer);
        return configurer;
    }

    private static EventTags tags() {
        return EventTags.builder()
                .tags(BudgetSet.class, set -> ofBudget(set.budgetId()))
                .tags(BudgetDeleted.class, deleted -> ofBudget(deleted.budgetId()))
                .tags(LimitLifted.class, lifted -> ofBudget(lifted.budgetId()))
                .tags(LimitRestored.class, restored -> ofBudget(restored.budgetId()))
                .build();
    }

    /** What decides about a budget changes what reservations rest on. */
    private static Set<org.axonframework.messaging.eventstreaming.Tag> ofBudget(String budgetId) {
        return Set.of(
                new org.axonframework.messaging.eventstreaming.Tag(BUDGET_TAG, budgetId),
                new org.axonframework.messaging.eventstreaming.Tag(LIMITS.key(), LIMITS.value()));
    }

    private static About budget(String id) {
        return new About("budget/" + id);
    }

    private static EventTypes types() {
        var events = new ArrayList<Class<?>>(Contracts.EVENTS);
        events.addAll(OWN_EVENTS);
        var types = EventTypes.with(Contracts.mapper());
        for (var event : events) {
            var stored = event.getAnnotation(StoredAs.class);
            types.add(event, stored.name(), stored.version());
        }
        types.about(BudgetSet.class, set -> budget(set.budgetId()))
                .about(BudgetDeleted.class, deleted -> budget(deleted.budgetId()))
                .about(LimitLifted.class, lifted -> budget(lifted.budgetId()))
                .about(LimitRestored.class, restored -> budget(restored.budgetId()))
                .about(IncreaseRequested.class, requested -> budget(requested.budgetId()))
                .about(IncreaseDecided.class, decided -> budget(decided.budgetId()))
                .about(UserLimitsSet.class, set -> new About("user-limits/" + set.subject()))
                .about(AlertAcknowledged.class, acknowledged -> new About("alert/" + acknowledged.alertId()))
                .about(AlertSettingsSet.class, set -> new About("alert-settings/organization"))
                .about(NotificationPreferencesSet.class, set -> new About("notification-preferences/" + set.subject()));
        return types.build();
    }

    @Produces
    @Singleton
    public EventTypes eventTypes() {
        return types();
    }

    @Produces
    @Singleton
    Commands commands(EventLog log, EventTypes types) {
        var engine = new CentimeEventStorageEngine(log, types);
        return Commands.start(slices(engine), engine);
    }

    void close(@Disposes Commands commands) {
        commands.close();
    }
}
