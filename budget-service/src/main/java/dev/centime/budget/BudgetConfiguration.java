package dev.centime.budget;

import dev.centime.budget.event.AlertAcknowledged;
import dev.centime.contracts.Contracts;
import dev.centime.contracts.StoredAs;
import dev.centime.eventstore.log.EventTypes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.util.ArrayList;

/** The events that this service reads and writes. */
public class BudgetConfiguration {
    @Produces
    @Singleton
    EventTypes eventTypes() {
        var events = new ArrayList<Class<?>>(Contracts.EVENTS);
        events.add(AlertAcknowledged.class);
        var types = EventTypes.with(Contracts.mapper());
        for (var event : events) {
            var stored = event.getAnnotation(StoredAs.class);
            types.add(event, stored.name(), stored.version());
        }
        return types.build();
    }
}
