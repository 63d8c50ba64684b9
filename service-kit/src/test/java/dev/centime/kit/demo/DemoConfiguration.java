package dev.centime.kit.demo;

import dev.centime.contracts.Contracts;
import dev.centime.eventstore.log.EventTypes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/** What a service must bring: its event types. */
public class DemoConfiguration {
    @Produces
    @Singleton
    EventTypes types() {
        return EventTypes.with(Contracts.mapper())
                .add(Greeted.class, "greeted", 1)
                .build();
    }
}
