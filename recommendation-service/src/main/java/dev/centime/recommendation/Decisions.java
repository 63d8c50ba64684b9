package dev.centime.recommendation;

import dev.centime.eventstore.log.AppendCondition;
import dev.centime.eventstore.log.AppendRejected;
import dev.centime.eventstore.log.Criterion;
import dev.centime.eventstore.log.EventLog;
import dev.centime.eventstore.log.EventTypes;
import dev.centime.eventstore.log.Position;
import dev.centime.eventstore.log.Tag;
import dev.centime.recommendation.event.RecommendationEvent;
import dev.centime.recommendation.policy.Lifecycle;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;

/** Decides on one story of recommendations: its events are folded, it decides, and that is appended if nothing came between. */
@ApplicationScoped
public class Decisions {
    private static final int ATTEMPTS = 5;

    private final EventLog log;
    private final EventTypes types;

    Decisions(EventLog log, EventTypes types) {
        this.log = log;
        this.types = types;
    }

    /** What was decided, nothing or something, and up to where the log was read or written for it. */
    public record Decided(List<RecommendationEvent> events, Position position) {}

    /**
     * @param key of the story
     * @param actor who wants it, as id
     * @param decide may be asked again when somebody else was faster
     */
    public Uni<Decided> run(
            String organization,
            String key,
            String actor,
            Function<Lifecycle.State, List<RecommendationEvent>> decide) {
        return log.source(organization, Set.of(criterion(key)), 0)
                .chain(sourced -> append(organization, key, actor, sourced.head(), decide.apply(fold(key, sourced))))
                .onFailure(AppendRejected.class)
                .retry()
                .atMost(ATTEMPTS);
    }

    private Uni<Decided> append(
            String organization, String key, String actor, Position head, List<RecommendationEvent> events) {
        if (events.isEmpty()) {
            return Uni.createFrom().item(new Decided(events, head));
        }
        var encoded = events.stream()
                .map(event -> types.encode(
                        UUID.randomUUID().toString(), event.at(), event, Map.of("actor", actor), Set.of(tag(key))))
                .toList();
        return log.append(organization, encoded, new AppendCondition(Set.of(criterion(key)), head.offset()))
                .map(appended -> new Decided(events, appended.position()));
    }

    private Lifecycle.State fold(String key, EventLog.Sourced sourced) {
        var state = Lifecycle.State.none(key);
        for (var stored : sourced.events()) {
            if (types.decode(stored).orElse(null) instanceof RecommendationEvent event) {
                state = Lifecycle.evolve(state, event);
            }
        }
        return state;
    }

    private static Criterion criterion(String key) {
        return new Criterion(Set.of(tag(key)), Set.of());
    }

    private static Tag tag(String key) {
        return new Tag("recommendations", key);
    }
}
