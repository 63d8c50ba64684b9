package dev.centime.recommendation;

import dev.centime.eventstore.log.Position;
import dev.centime.kit.Caller;
import dev.centime.recommendation.event.RecommendationEvent;
import dev.centime.recommendation.policy.Lifecycle;
import dev.centime.recommendation.policy.Refusal.Refused;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.function.Function;

/** Decides on the recommendation that somebody answers. */
@ApplicationScoped
public class Answers {
    private final Decisions decisions;

    Answers(Decisions decisions) {
        this.decisions = decisions;
    }

    /**
     * What an answer made of a recommendation.
     *
     * @param position up to which the log holds it
     */
    public record Answered(String id, Lifecycle.Status status, Position position) {}

    /** Fails with a problem when it is unknown (404) or cannot be answered so any more (409). */
    public Uni<Answered> answer(
            Caller caller,
            String recommendationId,
            Lifecycle.Status status,
            Function<Lifecycle.State, List<RecommendationEvent>> decide) {
        return decisions
                .run(caller.oneOrganization(), Lifecycle.keyOf(recommendationId), caller.id(), decide)
                .map(decided -> new Answered(recommendationId, status, decided.position()))
                .onFailure(Refused.class)
                .transform(refused -> RefusalAnswers.of((Refused) refused));
    }
}
