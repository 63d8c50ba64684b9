package dev.centime.recommendation.policy;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ModelLineTest {
    @ParameterizedTest
    @CsvSource({
        "gpt-4.1, gpt-4.1-mini, 1",
        "gpt-4.1, gpt-4.1-nano, 2",
        "gpt-4o, gpt-4o-mini, 1",
        "gpt-4o-2024-08-06, gpt-4o-mini, 1",
        "gpt-5, gpt-5-mini, 1",
        "claude-opus-4-5, claude-sonnet-4-5, 1",
        "claude-opus-4-5, claude-haiku-4-5, 2",
        "claude-sonnet-4-20250514, claude-haiku-4-5, 1",
        "gemini-2.5-pro, gemini-2.5-flash, 2",
        "gemini-2.5-flash, gemini-2.5-flash-lite, 1",
        "mistral-large, mistral-small, 2"
    })
    void aSiblingIsSmaller(String used, String other, int steps) {
        assertThat(ModelLine.used(used).stepsDownTo(ModelLine.of(other))).hasValue(steps);
    }

    @ParameterizedTest
    @CsvSource({
        "gpt-4.1-mini, gpt-4.1",
        "gpt-4.1, gpt-4.1",
        "gpt-4o, gpt-3.5-turbo",
        "gpt-4o, gpt-4o-audio-mini",
        "gpt-5, o4-mini",
        "claude-opus-4-5, claude-haiku-3",
        "gemini-2.5-pro, gemma-2.5-flash"
    })
    void anotherIsNoSmallerSibling(String used, String other) {
        assertThat(ModelLine.used(used).stepsDownTo(ModelLine.of(other))).isEmpty();
    }

    @Test
    void aSnapshotOfADayIsNoCandidate() {
        assertThat(ModelLine.of("claude-haiku-4-5-20251001")).isNull();
        assertThat(ModelLine.of("gpt-4o-mini-2024-07-18")).isNull();
        assertThat(ModelLine.of("claude-3-haiku-latest")).isNull();
    }
}
