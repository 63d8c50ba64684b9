package dev.centime.ingest.imports;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class SteadyLooksTest {
    private final SteadyLooks looks = new SteadyLooks(Duration.ofNanos(40), Duration.ofNanos(20));

    @Test
    void areSteady_afterLongEnough_andNotAtTheStart() {
        // The clock may stand anywhere, and pass its end.
        var start = Long.MAX_VALUE - 30;
        assertThat(looks.succeeded(start)).isFalse();
        assertThat(looks.succeeded(start + 20)).isFalse();
        assertThat(looks.succeeded(start + 39)).isFalse();
        assertThat(looks.succeeded(start + 40)).isTrue();
        assertThat(looks.succeeded(start + 60)).isTrue();
    }

    @Test
    void beginAgain_afterOneThatFailed() {
        steadyAt(40);
        looks.failed();
        assertThat(looks.succeeded(41)).isFalse();
        assertThat(looks.succeeded(60)).isFalse();
        assertThat(looks.succeeded(80)).isFalse();
        assertThat(looks.succeeded(81)).isTrue();
    }

    @Test
    void beginAgain_whenThereWasNoneForTooLong() {
        steadyAt(40);
        assertThat(looks.succeeded(61)).isFalse();
        assertThat(looks.succeeded(81)).isFalse();
        assertThat(looks.succeeded(101)).isTrue();
    }

    private void steadyAt(long nanos) {
        assertThat(looks.succeeded(nanos - 40)).isFalse();
        assertThat(looks.succeeded(nanos - 20)).isFalse();
        assertThat(looks.succeeded(nanos)).isTrue();
    }
}
