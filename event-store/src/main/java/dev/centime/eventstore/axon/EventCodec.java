package dev.centime.eventstore.axon;

import dev.centime.eventstore.log.EventTypes;
import dev.centime.eventstore.log.NewEvent;
import dev.centime.eventstore.log.StoredEvent;
import java.util.HashMap;
import java.util.Map;
import org.axonframework.eventsourcing.eventstore.TaggedEventMessage;
import org.axonframework.messaging.core.MessageType;
import org.axonframework.messaging.eventhandling.EventMessage;
import org.axonframework.messaging.eventhandling.GenericEventMessage;

/**
 * Axon's messages from and to the log's events. Payloads are read here, once, into the class that the type stands for today, and
 * messages carry that class's version; an event of a type that this service does not know keeps its bytes, and finds no handler.
 */
final class EventCodec {
    private final EventTypes types;

    EventCodec(EventTypes types) {
        this.types = types;
    }

    NewEvent encode(TaggedEventMessage<?> tagged, String id) {
        var event = tagged.event();
        var payload = event.payload();
        if (payload == null) {
            throw new IllegalArgumentException("event " + event.identifier() + " has no payload");
        }
        return types.encode(id, event.timestamp(), payload, stored(event.metadata()), LogCriteria.tags(tagged.tags()));
    }

    private static Map<String, String> stored(Map<String, String> metadata) {
        if (!metadata.containsKey(Tenancy.KEY)) {
            return metadata;
        }
        if (metadata.size() == 1) {
            return Map.of();
        }
        var rest = new HashMap<>(metadata);
        rest.remove(Tenancy.KEY);
        return rest;
    }

    EventMessage decode(StoredEvent stored) {
        var payload = types.decode(stored);
        int version = payload.flatMap(read -> types.find(read.getClass()))
                .map(EventTypes.Name::version)
                .orElse(stored.version());
        return new GenericEventMessage(
                stored.id(),
                new MessageType(stored.type(), String.valueOf(version)),
                payload.orElse(stored.payload()),
                stored.metadata(),
                stored.at());
    }
}
