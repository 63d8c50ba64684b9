package dev.centime.recommendation.view.recommendations;

import dev.centime.eventstore.log.Event;
import dev.centime.eventstore.projection.Projection;
import dev.centime.eventstore.projection.Timer;
import dev.centime.eventstore.projection.View;
import dev.centime.recommendation.event.RecommendationEvent;
import dev.centime.recommendation.policy.Lifecycle.Status;
import dev.centime.recommendation.reaction.WhenNobodyAnswersThenArchive;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Folds the stories of recommendations into what stands. */
@ApplicationScoped
public class Recommendations implements Projection {
    /** One recommendation of one organization. */
    record Key(String organization, String recommendationId) {}

    @Override
    public String name() {
        return "recommendations";
    }

    @Override
    public List<String> tables() {
        return List.of("recommendation");
    }

    @Override
    public Set<Class<?>> reads() {
        return Set.copyOf(RecommendationEvent.KINDS);
    }

    @Override
    public Uni<Void> apply(View view, List<Event> page) {
        var keys = page.stream().map(Recommendations::key).distinct().toList();
        return Standing.of(view, keys)
                .map(standing -> fold(standing, page))
                .chain(changed -> Standing.put(view, changed).chain(() -> timers(view, changed)));
    }

    private static Map<Key, Recommendation> fold(Map<Key, Recommendation> standing, List<Event> page) {
        var changed = new LinkedHashMap<Key, Recommendation>();
        for (var event : page) {
            var key = key(event);
            var before = changed.getOrDefault(key, standing.get(key));
            changed.put(key, Recommendation.after(before, (RecommendationEvent) event.payload()));
        }
        return changed;
    }

    private static Key key(Event event) {
        return new Key(event.stored().organization(), ((RecommendationEvent) event.payload()).recommendationId());
    }

    /** Whatever waits for an answer waits until its time is over, and no longer. */
    private static Uni<Void> timers(View view, Map<Key, Recommendation> changed) {
        var waiting = changed.entrySet().stream()
                .filter(entry -> entry.getValue().status() == Status.PENDING)
                .filter(entry -> entry.getValue().validUntil() != null)
                .map(entry -> new Timer(
                        WhenNobodyAnswersThenArchive.TIMER,
                        entry.getKey().organization(),
                        entry.getKey().recommendationId(),
                        entry.getValue().validUntil()))
                .toList();
        return waiting.isEmpty() ? Uni.createFrom().voidItem() : view.timers().set(waiting);
    }
}
