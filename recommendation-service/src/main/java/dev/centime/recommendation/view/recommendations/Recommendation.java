package dev.centime.recommendation.view.recommendations;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.centime.recommendation.event.Advice;
import dev.centime.recommendation.event.RecommendationEvent;
import dev.centime.recommendation.policy.Lifecycle.Status;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A recommendation as it stands.
 *
 * @param organizationId whose it is; null in the view, whose rows say so beside it
 * @param advice its members stand beside these
 * @param validUntil after that it is archived; null when it was answered
 * @param answeredBy the key or account that accepted or rejected it
 * @param reason that was given with the answer
 * @param updatedAt when anything last happened to it
 */
public record Recommendation(
        String id,
        @Nullable String organizationId,
        Status status,
        @JsonUnwrapped Advice advice,
        Instant createdAt,
        Instant updatedAt,
        @Nullable Instant validUntil,
        @Nullable String answeredBy,
        @Nullable Instant answeredAt,
        @Nullable String reason) {

    /** @param before null before it was made */
    static Recommendation after(@Nullable Recommendation before, RecommendationEvent event) {
        if (event instanceof RecommendationEvent.Made made) {
            return new Recommendation(
                    made.recommendationId(),
                    null,
                    Status.PENDING,
                    made.advice(),
                    made.at(),
                    made.at(),
                    made.validUntil(),
                    null,
                    null,
                    null);
        }
        if (before == null) {
            throw new IllegalStateException("a story begins with what is recommended, not with " + event);
        }
        return before.after(event);
    }

    private Recommendation after(RecommendationEvent event) {
        return switch (event) {
            case RecommendationEvent.Made made -> this;
            case RecommendationEvent.Revised revised ->
                new Recommendation(
                        id,
                        organizationId,
                        Status.PENDING,
                        revised.advice(),
                        createdAt,
                        revised.at(),
                        revised.validUntil(),
                        null,
                        null,
                        null);
            case RecommendationEvent.Accepted accepted ->
                answered(Status.ACCEPTED, accepted.by(), accepted.at(), accepted.reason());
            case RecommendationEvent.Rejected rejected ->
                answered(Status.REJECTED, rejected.by(), rejected.at(), rejected.reason());
            case RecommendationEvent.Archived archived ->
                new Recommendation(
                        id,
                        organizationId,
                        Status.ARCHIVED,
                        advice,
                        createdAt,
                        archived.at(),
                        null,
                        answeredBy,
                        answeredAt,
                        reason);
        };
    }

    private Recommendation answered(Status now, String by, Instant at, @Nullable String why) {
        return new Recommendation(id, organizationId, now, advice, createdAt, at, null, by, at, why);
    }

    /** As it is answered: over all organizations, each says whose it is. */
    Recommendation of(String organization) {
        return new Recommendation(
                id, organization, status, advice, createdAt, updatedAt, validUntil, answeredBy, answeredAt, reason);
    }
}
