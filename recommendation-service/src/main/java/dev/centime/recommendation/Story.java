package dev.centime.recommendation;

import dev.centime.recommendation.event.RecommendationEvent;
import dev.centime.recommendation.event.RecommendationEvent.Accepted;
import dev.centime.recommendation.event.RecommendationEvent.Archived;
import dev.centime.recommendation.event.RecommendationEvent.Made;
import dev.centime.recommendation.event.RecommendationEvent.Rejected;
import dev.centime.recommendation.event.RecommendationEvent.Revised;
import dev.centime.recommendation.policy.Lifecycle;
import java.util.List;
import org.axonframework.eventsourcing.annotation.EventSourcedEntity;
import org.axonframework.eventsourcing.annotation.EventSourcingHandler;
import org.axonframework.eventsourcing.annotation.reflection.EntityCreator;
import org.axonframework.eventsourcing.annotation.reflection.InjectEntityId;
import org.axonframework.messaging.eventhandling.gateway.EventAppender;

/**
 * All recommendations of one kind about the same calls, one after the other. Every decision on one of them rests on the whole, so
 * they share this state.
 */
@EventSourcedEntity(tagKey = RecommendationConfiguration.STORY_TAG)
public final class Story {
    private Lifecycle.State state;

    @EntityCreator
    Story(@InjectEntityId String key) {
        state = Lifecycle.State.none(key);
    }

    public Lifecycle.State state() {
        return state;
    }

    /** What a decision on a story came to; nothing when all stood that way already. */
    public record Told(List<RecommendationEvent> events) {
        /** Appends it. */
        public static Told by(List<RecommendationEvent> decided, EventAppender events) {
            events.append(decided);
            return new Told(decided);
        }
    }

    @EventSourcingHandler
    void evolve(Made event) {
        state = Lifecycle.evolve(state, event);
    }

    @EventSourcingHandler
    void evolve(Revised event) {
        state = Lifecycle.evolve(state, event);
    }

    @EventSourcingHandler
    void evolve(Accepted event) {
        state = Lifecycle.evolve(state, event);
    }

    @EventSourcingHandler
    void evolve(Rejected event) {
        state = Lifecycle.evolve(state, event);
    }

    @EventSourcingHandler
    void evolve(Archived event) {
        state = Lifecycle.evolve(state, event);
    }
}
