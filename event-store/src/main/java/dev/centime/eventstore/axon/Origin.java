package dev.centime.eventstore.axon;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.axonframework.messaging.core.Message;
import org.axonframework.messaging.core.correlation.CorrelationDataProvider;

/** What an event takes over from the message that led to it: who acted, from where, where it all began, and the message itself. */
final class Origin implements CorrelationDataProvider {
    static final String ACTOR = "actor";
    private static final List<String> TAKEN_OVER = List.of(ACTOR, "from", "request");
    static final String CORRELATION = "correlation";
    static final String CAUSATION = "causation";

    @Override
    public Map<String, String> correlationDataFor(Message message) {
        var origin = new HashMap<String, String>();
        origin.put(CORRELATION, message.metadata().getOrDefault(CORRELATION, message.identifier()));
        origin.put(CAUSATION, message.identifier());
        for (var key : TAKEN_OVER) {
            var value = message.metadata().get(key);
            if (value != null) {
                origin.put(key, value);
            }
        }
        return origin;
    }
}
