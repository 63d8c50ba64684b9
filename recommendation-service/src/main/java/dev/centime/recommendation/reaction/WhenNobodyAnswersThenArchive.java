package dev.centime.recommendation.reaction;

import dev.centime.eventstore.projection.WhenDue;
import dev.centime.recommendation.Decisions;
import dev.centime.recommendation.policy.Lifecycle;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;

/** Archives a recommendation that nobody answered while it was valid. One that was answered or revised stays. */
@ApplicationScoped
public class WhenNobodyAnswersThenArchive implements WhenDue {
    public static final String TIMER = "recommendation-expiry";

    private static final String ACTOR = "timer";

    private final Decisions decisions;
    private final Clock clock;

    WhenNobodyAnswersThenArchive(Decisions decisions, Clock clock) {
        this.decisions = decisions;
        this.clock = clock;
    }

    @Override
    public String timer() {
        return TIMER;
    }

    @Override
    public Uni<Void> fire(Due due) {
        var recommendationId = due.timer().key();
        return decisions
                .run(
                        due.timer().organization(),
                        Lifecycle.keyOf(recommendationId),
                        ACTOR,
                        state -> Lifecycle.expire(state, recommendationId, clock.instant()))
                .replaceWithVoid();
    }
}
