package dev.centime.recommendation.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.centime.recommendation.event.RecommendationEvent;
import dev.centime.recommendation.event.RecommendationEvent.Accepted;
import dev.centime.recommendation.event.RecommendationEvent.Archived;
import dev.centime.recommendation.event.RecommendationEvent.Made;
import dev.centime.recommendation.event.RecommendationEvent.Rejected;
import dev.centime.recommendation.event.RecommendationEvent.Revised;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class LifecycleTest {
    private static final Instant NOW = Instant.parse("2026-11-22T10:00:00Z");
    private static final Instant LATER = NOW.plus(Duration.ofDays(1));

    @Test
    void whatIsNewIsRecommended() {
        var made = decided(Lifecycle.advise(story(), SomeAdvice.to("to", "20"), NOW), Made.class);

        assertThat(made.recommendationId()).isEqualTo("k-1");
        assertThat(made.validUntil()).isEqualTo(NOW.plus(Duration.ofDays(30)));
    }

    @Test
    void theSameIsNotSaidTwice_unlessItIsWorthSaying() {
        var pending = story(new Made("k-1", SomeAdvice.to("to", "20"), NOW, LATER));

        assertThat(Lifecycle.advise(pending, SomeAdvice.to("to", "21"), LATER)).isEmpty();
        assertThat(Lifecycle.advise(pending, SomeAdvice.to("to", "21.01"), LATER))
                .hasExactlyElementsOfTypes(Revised.class);
        assertThat(Lifecycle.advise(pending, SomeAdvice.to("other", "20"), LATER))
                .hasExactlyElementsOfTypes(Revised.class);
    }

    @Test
    void nobodyIsAskedTheSameAgain_beforeAWhileHasPassed() {
        var rejected = story(made(), new Rejected("k-1", "key", "no", NOW));

        assertThat(Lifecycle.advise(rejected, SomeAdvice.to("to", "50"), NOW.plus(Duration.ofDays(89))))
                .isEmpty();
        assertThat(decided(
                                Lifecycle.advise(rejected, SomeAdvice.to("to", "50"), NOW.plus(Duration.ofDays(90))),
                                Made.class)
                        .recommendationId())
                .isEqualTo("k-2");
    }

    @Test
    void whatNobodyAnsweredMayBeSaidAgainAtOnce() {
        assertThat(Lifecycle.advise(story(made(), new Archived("k-1", LATER)), SomeAdvice.to("to", "20"), LATER))
                .hasExactlyElementsOfTypes(Made.class);
    }

    @Test
    void isAccepted_once() {
        assertThat(Lifecycle.accept(story(made()), "k-1", "key", "yes", LATER))
                .containsExactly(new Accepted("k-1", "key", "yes", LATER));
        assertThat(Lifecycle.accept(story(made(), new Accepted("k-1", "key", null, NOW)), "k-1", "key", null, LATER))
                .isEmpty();
    }

    @Test
    void isRejected_once() {
        assertThat(Lifecycle.reject(story(made()), "k-1", "key", "no", LATER))
                .containsExactly(new Rejected("k-1", "key", "no", LATER));
        assertThat(Lifecycle.reject(story(made(), new Rejected("k-1", "key", "no", NOW)), "k-1", "key", "no", LATER))
                .isEmpty();
    }

    @Test
    void refuses_whenItWasAnsweredOtherwise_orIsOver() {
        refused(
                story(made(), new Rejected("k-1", "key", "no", NOW)),
                "k-1",
                new Refusal.Answered("k-1", Lifecycle.Status.REJECTED));
        refused(story(made(), new Archived("k-1", NOW)), "k-1", new Refusal.Answered("k-1", Lifecycle.Status.ARCHIVED));
        refused(
                story(made(), new Archived("k-1", NOW), new Made("k-2", SomeAdvice.to("to", "20"), NOW, LATER)),
                "k-1",
                new Refusal.Answered("k-1", Lifecycle.Status.ARCHIVED));
    }

    @Test
    void refuses_whatNeverWas() {
        refused(story(), "k-1", new Refusal.Unknown("k-1"));
        refused(story(made()), "k-2", new Refusal.Unknown("k-2"));
        refused(story(made()), "k-x", new Refusal.Unknown("k-x"));
        assertThat(Lifecycle.keyOf("nonsense")).isEqualTo("nonsense");
        assertThat(Lifecycle.keyOf("k-1")).isEqualTo("k");
    }

    @Test
    void expires_onlyWhenItsTimeIsOver() {
        var pending = story(new Made("k-1", SomeAdvice.to("to", "20"), NOW, LATER));

        assertThat(Lifecycle.expire(pending, "k-1", NOW)).isEmpty();
        assertThat(Lifecycle.expire(pending, "k-1", LATER)).containsExactly(new Archived("k-1", LATER));
        assertThat(Lifecycle.expire(pending, "k-0", LATER)).isEmpty();
        assertThat(Lifecycle.expire(
                        story(made(), new Accepted("k-1", "key", null, NOW)), "k-1", LATER.plusSeconds(9_999_999)))
                .isEmpty();
    }

    private static void refused(Lifecycle.State state, String id, Refusal refusal) {
        assertThatThrownBy(() -> Lifecycle.accept(state, id, "key", null, LATER))
                .isInstanceOfSatisfying(Refusal.Refused.class, refused -> assertThat(refused.refusal())
                        .isEqualTo(refusal));
    }

    private static Made made() {
        return new Made("k-1", SomeAdvice.to("to", "20"), NOW, NOW.plus(Duration.ofDays(30)));
    }

    private static Lifecycle.State story(RecommendationEvent... events) {
        var state = Lifecycle.State.none("k");
        for (var event : events) {
            state = Lifecycle.evolve(state, event);
        }
        return state;
    }

    private static <E> E decided(List<RecommendationEvent> events, Class<E> kind) {
        assertThat(events).hasSize(1);
        return kind.cast(events.getFirst());
    }
}
