package dev.centime.recommendation;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.centime.contracts.Contracts;
import dev.centime.contracts.StoredAs;
import dev.centime.recommendation.event.RecommendationEvent;
import dev.centime.recommendation.policy.SomeAdvice;
import java.io.IOException;
import java.time.Instant;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What is stored stays readable for ever: the files are never changed, only joined by those of later versions. */
class GoldenRecommendationTest {
    private static final ObjectMapper JSON = Contracts.mapper();
    private static final Instant AT = Instant.parse("2026-11-22T10:00:00Z");

    static Stream<RecommendationEvent> events() {
        return Stream.of(
                new RecommendationEvent.Made(
                        "k-1", SomeAdvice.to("to", "20"), AT, Instant.parse("2026-12-22T10:00:00Z")),
                new RecommendationEvent.Revised(
                        "k-1", SomeAdvice.to("to", "20"), AT, Instant.parse("2026-12-22T10:00:00Z")),
                new RecommendationEvent.Accepted("k-1", "key-1", "tried it", AT),
                new RecommendationEvent.Rejected("k-1", "key-1", "no", AT),
                new RecommendationEvent.Archived("k-1", AT));
    }

    @ParameterizedTest
    @MethodSource("events")
    void isStoredLikeThis(RecommendationEvent event) throws IOException {
        var stored = event.getClass().getAnnotation(StoredAs.class);
        try (var golden =
                getClass().getResourceAsStream("/golden/" + stored.name() + ".v" + stored.version() + ".json")) {
            var json = JSON.readTree(golden);
            assertThat(JSON.readTree(JSON.writeValueAsBytes(event))).isEqualTo(json);
            assertThat(JSON.treeToValue(json, event.getClass())).isEqualTo(event);
        }
    }

    @Test
    void everyKindHasItsFile() {
        assertThat(events().map(Object::getClass)).containsExactlyInAnyOrderElementsOf(RecommendationEvent.KINDS);
    }
}
