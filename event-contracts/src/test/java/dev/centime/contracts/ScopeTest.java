package dev.centime.contracts;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ScopeTest {
    private static final Model HAIKU = new Model("anthropic", "claude-haiku", null, null);
    private static final Attribution CALL =
            new Attribution("s-1", "chat", null, null, null, null, Map.of("team", "search"));

    @Test
    void coversEveryCall_whenItNamesNothing() {
        assertThat(Scope.ORGANIZATION.covers(HAIKU, CALL)).isTrue();
    }

    @Test
    void coversACall_whenEveryDimensionMatchesOneOfItsValues() {
        assertThat(scope("model", "gpt", "claude-haiku").covers(HAIKU, CALL)).isTrue();
        assertThat(scope("tag.team", "search").covers(HAIKU, CALL)).isTrue();
        assertThat(new Scope(Map.of("user", List.of("s-1"), "project", List.of("other"))).covers(HAIKU, CALL))
                .isFalse();
    }

    @Test
    void doesNotCoverACall_thatHasNoValueThere() {
        assertThat(scope("experiment", "e").covers(HAIKU, CALL)).isFalse();
        assertThat(scope("tag.phase", "p").covers(HAIKU, CALL)).isFalse();
    }

    private static Scope scope(String dimension, String... values) {
        return new Scope(Map.of(dimension, List.of(values)));
    }
}
