package dev.centime.recommendation.policy;

import com.fasterxml.jackson.annotation.JsonValue;
import dev.centime.recommendation.event.Advice;
import dev.centime.recommendation.event.RecommendationEvent;
import dev.centime.recommendation.event.RecommendationEvent.Accepted;
import dev.centime.recommendation.event.RecommendationEvent.Archived;
import dev.centime.recommendation.event.RecommendationEvent.Made;
import dev.centime.recommendation.event.RecommendationEvent.Rejected;
import dev.centime.recommendation.event.RecommendationEvent.Revised;
import dev.centime.recommendation.policy.Refusal.Refused;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What the life of a recommendation allows: {@link #evolve} folds its story, the rest decides what comes next. */
public final class Lifecycle {
    /** How long an answer is waited for. */
    static final Duration VALID = Duration.ofDays(30);

    /** How long nobody is asked the same again. */
    static final Duration REST = Duration.ofDays(90);

    private static final BigDecimal WORTH_SAYING = new BigDecimal("0.05");

    private Lifecycle() {}

    /** Where a recommendation stands. */
    public enum Status {
        PENDING,
        ACCEPTED,
        REJECTED,
        ARCHIVED;

        @JsonValue
        public String text() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * The last recommendation about some calls.
     *
     * @param number how many there were; 0 for none
     * @param answeredAt when it was accepted or rejected, null when it was not
     */
    public record State(
            String key,
            int number,
            @Nullable Status status,
            @Nullable Advice advice,
            @Nullable Instant validUntil,
            @Nullable Instant answeredAt) {
        public static State none(String key) {
            return new State(key, 0, null, null, null, null);
        }

        public String recommendationId() {
            return key + "-" + number;
        }
    }

    /** The key of a recommendation's story, out of its id. An id that is none has a story without events. */
    public static String keyOf(String recommendationId) {
        int dash = recommendationId.lastIndexOf('-');
        return dash < 0 ? recommendationId : recommendationId.substring(0, dash);
    }

    public static State evolve(State state, RecommendationEvent event) {
        return switch (event) {
            case Made made ->
                new State(state.key, state.number + 1, Status.PENDING, made.advice(), made.validUntil(), null);
            case Revised revised ->
                new State(state.key, state.number, Status.PENDING, revised.advice(), revised.validUntil(), null);
            case Accepted accepted -> answered(state, Status.ACCEPTED, accepted.at());
            case Rejected rejected -> answered(state, Status.REJECTED, rejected.at());
            case Archived archived -> new State(state.key, state.number, Status.ARCHIVED, state.advice, null, null);
        };
    }

    private static State answered(State state, Status status, Instant at) {
        return new State(state.key, state.number, status, state.advice, null, at);
    }

    /** Something is advised: new, or other than what was advised before; nothing while people rest from their last answer. */
    public static List<RecommendationEvent> advise(State state, Advice advice, Instant now) {
        if (state.status == Status.PENDING && state.advice != null) {
            return differs(state.advice, advice)
                    ? List.of(new Revised(state.recommendationId(), advice, now, now.plus(VALID)))
                    : List.of();
        }
        if (state.answeredAt != null && now.isBefore(state.answeredAt.plus(REST))) {
            return List.of();
        }
        return List.of(new Made(state.key + "-" + (state.number + 1), advice, now, now.plus(VALID)));
    }

    /** Another model, or a saving that differs by more than a twentieth. */
    private static boolean differs(Advice before, Advice now) {
        if (!before.recommendedAction().equals(now.recommendedAction())) {
            return true;
        }
        var change =
                now.estimatedSavings().minus(before.estimatedSavings()).amount().abs();
        return change.compareTo(before.estimatedSavings().amount().multiply(WORTH_SAYING)) > 0;
    }

    /** @throws Refused when it is not pending; accepting twice is accepting once */
    public static List<RecommendationEvent> accept(
            State state, String recommendationId, String by, @Nullable String reason, Instant now) {
        return answer(state, recommendationId, Status.ACCEPTED, new Accepted(recommendationId, by, reason, now));
    }

    /** @throws Refused when it is not pending; rejecting twice is rejecting once */
    public static List<RecommendationEvent> reject(
            State state, String recommendationId, String by, String reason, Instant now) {
        return answer(state, recommendationId, Status.REJECTED, new Rejected(recommendationId, by, reason, now));
    }

    /** Nothing when it was answered in time, or revised since. */
    public static List<RecommendationEvent> expire(State state, String recommendationId, Instant now) {
        return state.status == Status.PENDING
                        && state.recommendationId().equals(recommendationId)
                        && state.validUntil != null
                        && !now.isBefore(state.validUntil)
                ? List.of(new Archived(recommendationId, now))
                : List.of();
    }

    private static List<RecommendationEvent> answer(
            State state, String recommendationId, Status wanted, RecommendationEvent event) {
        if (state.status == null || !isOfThisStory(state, recommendationId)) {
            throw new Refused(new Refusal.Unknown(recommendationId));
        }
        if (!state.recommendationId().equals(recommendationId)) {
            throw new Refused(new Refusal.Answered(recommendationId, Status.ARCHIVED));
        }
        if (state.status == wanted) {
            return List.of();
        }
        if (state.status != Status.PENDING) {
            throw new Refused(new Refusal.Answered(recommendationId, state.status));
        }
        return List.of(event);
    }

    private static boolean isOfThisStory(State state, String recommendationId) {
        for (int number = 1; number <= state.number; number++) {
            if (recommendationId.equals(state.key + "-" + number)) {
                return true;
            }
        }
        return false;
    }
}
