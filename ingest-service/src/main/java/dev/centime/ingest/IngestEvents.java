package dev.centime.ingest;

import dev.centime.contracts.Contracts;
import dev.centime.contracts.StoredAs;
import dev.centime.eventstore.log.EventTypes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/** The events that this service writes and reads: all of them shared with others. */
public class IngestEvents {
    @Produces
    @Singleton
    EventTypes types() {
        var types = EventTypes.with(Contracts.mapper());
        for (var event : Contracts.EVENTS) {
            var stored = event.getAnnotation(StoredAs.class);
            types.add(event, stored.name(), stored.version());
        }
        return types.build();
    }
}
