package dev.centime.eventstore.axon;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.axonframework.eventsourcing.eventstore.TagResolver;
import org.axonframework.messaging.eventhandling.EventMessage;
import org.axonframework.messaging.eventstreaming.Tag;

/**
 * Which tags an event gets, said once for each class, without a look at annotations for each event. Classes not named get none: no
 * decision finds them.
 */
public final class EventTags implements TagResolver {
    private final Map<Class<?>, Function<Object, Set<Tag>>> byClass;

    private EventTags(Map<Class<?>, Function<Object, Set<Tag>>> byClass) {
        this.byClass = byClass;
    }

    public static Builder builder() {
        return new Builder();
    }

    @Override
    public Set<Tag> resolve(EventMessage event) {
        var payload = event.payload();
        var tags = payload == null ? null : byClass.get(payload.getClass());
        return tags == null || payload == null ? Set.of() : tags.apply(payload);
    }

    /** Collects rules; a class has one. */
    public static final class Builder {
        private final Map<Class<?>, Function<Object, Set<Tag>>> byClass = new HashMap<>();

        /** Events of a class carry one tag. */
        public <E> Builder tag(Class<E> type, String key, Function<E, String> value) {
            return tags(type, event -> Set.of(new Tag(key, value.apply(event))));
        }

        /** Events of a class carry some tags. */
        public <E> Builder tags(Class<E> type, Function<E, Set<Tag>> tags) {
            if (byClass.put(type, event -> tags.apply(type.cast(event))) != null) {
                throw new IllegalArgumentException(type.getName() + " has tags already");
            }
            return this;
        }

        public EventTags build() {
            return new EventTags(Map.copyOf(byClass));
        }
    }
}
