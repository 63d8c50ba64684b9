package dev.centime.ingest;

import dev.centime.contracts.Contracts;
import dev.centime.contracts.StoredAs;
import dev.centime.eventstore.log.EventTypes;
import dev.centime.ingest.event.CostEstimated;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.util.ArrayList;

/** The events that this service writes and reads: those shared with others, and its own. */
public class IngestEvents {
    @Produces
    @Singleton
    EventTypes types() {
        var types = EventTypes.with(Contracts.mapper());
        var events = new ArrayList<>(Contracts.EVENTS);
        events.add(CostEstimated.class);
        for (var event : events) {
            var stored = event.getAnnotation(StoredAs.class);
            types.add(event, stored.name(), stored.version());
        }
        return types.build();
    }
}
