package dev.centime.recommendation.command.generaterecommendations;

import dev.centime.eventstore.log.Position;
import dev.centime.recommendation.Stories.Done;
import dev.centime.recommendation.event.RecommendationEvent;
import dev.centime.recommendation.event.RecommendationEvent.Made;
import dev.centime.recommendation.event.RecommendationEvent.Revised;
import java.time.LocalDate;
import java.util.List;

/**
 * What was found.
 *
 * @param made ids of what is new
 * @param revised ids of what newer calls say otherwise
 * @param unchanged how many findings stand as they were, or rest since somebody answered them
 */
public record Generated(
        LocalDate periodStart, LocalDate periodEnd, List<String> made, List<String> revised, int unchanged) {

    /** @param position up to which the log holds all of it */
    record At(Generated generated, Position position) {}

    static Generated of(LocalDate from, LocalDate to, List<Done> done) {
        return new Generated(
                from,
                to,
                ids(done, Made.class),
                ids(done, Revised.class),
                Math.toIntExact(
                        done.stream().filter(each -> each.events().isEmpty()).count()));
    }

    private static List<String> ids(List<Done> done, Class<? extends RecommendationEvent> kind) {
        return done.stream()
                .flatMap(each -> each.events().stream())
                .filter(kind::isInstance)
                .map(RecommendationEvent::recommendationId)
                .toList();
    }
}
