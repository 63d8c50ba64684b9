package dev.centime.recommendation.event;

import dev.centime.contracts.StoredAs;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What can happen to a recommendation.
 *
 * <p>Its id is the key of what it is about (which calls, which kind of advice) and a number: there is one story for each key, in
 * which one recommendation follows the other.
 */
public sealed interface RecommendationEvent {
    /** Every kind of it, as it is stored. */
    List<Class<?>> KINDS = List.of(Made.class, Revised.class, Accepted.class, Rejected.class, Archived.class);

    String recommendationId();

    Instant at();

    /** Somebody may want to follow this advice. */
    @StoredAs(name = "recommendation-made")
    record Made(String recommendationId, Advice advice, Instant at, Instant validUntil)
            implements RecommendationEvent {}

    /** Nobody has answered yet, and newer calls say something else. */
    @StoredAs(name = "recommendation-revised")
    record Revised(String recommendationId, Advice advice, Instant at, Instant validUntil)
            implements RecommendationEvent {}

    /** @param by the key or account that did it */
    @StoredAs(name = "recommendation-accepted")
    record Accepted(
            String recommendationId, String by, @Nullable String reason, Instant at) implements RecommendationEvent {}

    /** @param by the key or account that did it */
    @StoredAs(name = "recommendation-rejected")
    record Rejected(String recommendationId, String by, String reason, Instant at) implements RecommendationEvent {}

    /** It was not answered while it was valid. */
    @StoredAs(name = "recommendation-archived")
    record Archived(String recommendationId, Instant at) implements RecommendationEvent {}
}
