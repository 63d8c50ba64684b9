package dev.centime.eventstore.axon;

import java.util.HashMap;
import java.util.Map;
import org.axonframework.messaging.core.Message;
import org.axonframework.messaging.core.correlation.CorrelationDataProvider;

/** What an event takes over from the message that led to it: who acted, where it all began, and the message itself. */
final class Origin implements CorrelationDataProvider {
    static final String ACTOR = "actor";
    static final String CORRELATION = "correlation";
    static final String CAUSATION = "causation";

    @Override
    public Map<String, String> correlationDataFor(Message message) {
        var origin = new HashMap<String, String>();
        origin.put(CORRELATION, message.metadata().getOrDefault(CORRELATION, message.identifier()));
        origin.put(CAUSATION, message.identifier());
        var actor = message.metadata().get(ACTOR);
        if (actor != null) {
            origin.put(ACTOR, actor);
        }
        return origin;
    }
}
