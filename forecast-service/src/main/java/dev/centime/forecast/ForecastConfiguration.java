package dev.centime.forecast;

import dev.centime.contracts.Contracts;
import dev.centime.contracts.StoredAs;
import dev.centime.eventstore.log.EventTypes;
import dev.centime.forecast.event.ForecastMade;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.stream.Stream;

/** What the service is made of beside its beans: the events it knows. */
class ForecastConfiguration {
    private static final List<Class<?>> OWN_EVENTS = List.of(ForecastMade.class);

    @Produces
    @Singleton
    EventTypes eventTypes() {
        var types = EventTypes.with(Contracts.mapper());
        Stream.concat(Contracts.EVENTS.stream(), OWN_EVENTS.stream()).forEach(type -> {
            var stored = type.getAnnotation(StoredAs.class);
            types.add(type, stored.name(), stored.version());
        });
        return types.build();
    }
}
