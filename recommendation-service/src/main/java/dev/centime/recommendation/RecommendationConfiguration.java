package dev.centime.recommendation;

import dev.centime.contracts.Contracts;
import dev.centime.contracts.StoredAs;
import dev.centime.eventstore.log.EventTypes;
import dev.centime.recommendation.event.RecommendationEvent;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.util.stream.Stream;

/** What the service is made of beside its beans: the events it knows. */
class RecommendationConfiguration {
    @Produces
    @Singleton
    EventTypes eventTypes() {
        var types = EventTypes.with(Contracts.mapper());
        Stream.concat(Contracts.EVENTS.stream(), RecommendationEvent.KINDS.stream())
                .forEach(type -> {
                    var stored = type.getAnnotation(StoredAs.class);
                    types.add(type, stored.name(), stored.version());
                });
        return types.build();
    }
}
