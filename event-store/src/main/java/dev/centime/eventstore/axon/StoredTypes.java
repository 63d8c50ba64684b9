package dev.centime.eventstore.axon;

import dev.centime.eventstore.log.EventTypes;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.axonframework.messaging.core.ClassBasedMessageTypeResolver;
import org.axonframework.messaging.core.MessageType;
import org.axonframework.messaging.core.MessageTypeResolver;

/** Events go by the name and version they are stored under, all other messages by their class. */
final class StoredTypes implements MessageTypeResolver {
    private final EventTypes types;
    private final MessageTypeResolver others = new ClassBasedMessageTypeResolver();
    private final Map<Class<?>, Optional<MessageType>> known = new ConcurrentHashMap<>();

    StoredTypes(EventTypes types) {
        this.types = types;
    }

    @Override
    public Optional<MessageType> resolve(Class<?> payloadType) {
        return known.computeIfAbsent(payloadType, type -> types.find(type)
                .map(name -> new MessageType(name.type(), String.valueOf(name.version())))
                .or(() -> others.resolve(type)));
    }
}
