package dev.centime.budget;

import dev.centime.budget.command.changebudget.ChangeBudgetHandler;
import dev.centime.budget.command.createbudget.CreateBudgetHandler;
import dev.centime.budget.command.deletebudget.DeleteBudgetHandler;
import dev.centime.budget.command.followcalendar.FollowCalendarHandler;
import dev.centime.budget.event.AlertAcknowledged;
import dev.centime.contracts.BudgetDeleted;
import dev.centime.contracts.BudgetSet;
import dev.centime.contracts.Contracts;
import dev.centime.contracts.StoredAs;
import dev.centime.eventstore.axon.CentimeAxon;
import dev.centime.eventstore.axon.CentimeEventStorageEngine;
import dev.centime.eventstore.axon.Commands;
import dev.centime.eventstore.axon.EventTags;
import dev.centime.eventstore.log.EventLog;
import dev.centime.eventstore.log.EventTypes;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import org.axonframework.eventsourcing.configuration.EventSourcingConfigurer;
import org.axonframework.eventsourcing.eventstore.EventStorageEngine;

/** The table of contents: the events that this service reads and writes, and the commands that it handles. */
public class BudgetConfiguration {
    /** By which decisions find the events of a budget. */
    public static final String BUDGET_TAG = "budget";

    /** Every slice that decides, on an engine. */
    public static EventSourcingConfigurer slices(EventStorageEngine engine) {
        var configurer = CentimeAxon.configurer(engine, types(), tags());
        CreateBudgetHandler.configure(configurer);
        ChangeBudgetHandler.configure(configurer);
        DeleteBudgetHandler.configure(configurer);
        FollowCalendarHandler.configure(configurer);
        return configurer;
    }

    private static EventTags tags() {
        return EventTags.builder()
                .tag(BudgetSet.class, BUDGET_TAG, BudgetSet::budgetId)
                .tag(BudgetDeleted.class, BUDGET_TAG, BudgetDeleted::budgetId)
                .build();
    }

    private static EventTypes types() {
        var events = new ArrayList<Class<?>>(Contracts.EVENTS);
        events.add(AlertAcknowledged.class);
        var types = EventTypes.with(Contracts.mapper());
        for (var event : events) {
            var stored = event.getAnnotation(StoredAs.class);
            types.add(event, stored.name(), stored.version());
        }
        return types.build();
    }

    @Produces
    @Singleton
    EventTypes eventTypes() {
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
