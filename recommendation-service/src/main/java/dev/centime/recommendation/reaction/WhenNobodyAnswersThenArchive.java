package dev.centime.recommendation.reaction;

import dev.centime.eventstore.projection.WhenDue;
import dev.centime.recommendation.Stories;
import dev.centime.recommendation.command.archiverecommendation.ArchiveRecommendation;
import dev.centime.recommendation.policy.Lifecycle;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;

/** Archives a recommendation that nobody answered while it was valid. One that was answered or revised stays. */
@ApplicationScoped
public class WhenNobodyAnswersThenArchive implements WhenDue {
    public static final String TIMER = "recommendation-expiry";

    private static final String ACTOR = "timer";

    private final Stories stories;
    private final Clock clock;

    WhenNobodyAnswersThenArchive(Stories stories, Clock clock) {
        this.stories = stories;
        this.clock = clock;
    }

    @Override
    public String timer() {
        return TIMER;
    }

    @Override
    public Uni<Void> fire(Due due) {
        var recommendationId = due.timer().key();
        var command = new ArchiveRecommendation(Lifecycle.keyOf(recommendationId), recommendationId, clock.instant());
        return stories.send(due.timer().organization(), ACTOR, command).replaceWithVoid();
    }
}
