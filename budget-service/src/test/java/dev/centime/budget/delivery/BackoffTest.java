package dev.centime.budget.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class BackoffTest {
    private final Backoff backoff = new Backoff(Duration.ofSeconds(5), Duration.ofHours(6));

    @Test
    void growsFourfoldUpToTheLongest() {
        assertThat(backoff.after(1, Duration.ZERO, 0)).isEqualTo(Duration.ofSeconds(5));
        assertThat(backoff.after(2, Duration.ZERO, 0)).isEqualTo(Duration.ofSeconds(20));
        assertThat(backoff.after(4, Duration.ZERO, 0)).isEqualTo(Duration.ofSeconds(320));
        assertThat(backoff.after(9, Duration.ZERO, 0)).isEqualTo(Duration.ofHours(6));
    }

    @Test
    void waitsAsLongAsItIsAskedTo_withinTheLongest() {
        assertThat(backoff.after(1, Duration.ofMinutes(2), 0.5)).isEqualTo(Duration.ofMinutes(2));
        assertThat(backoff.after(1, Duration.ofDays(30), 0.5)).isEqualTo(Duration.ofHours(6));
        assertThat(backoff.after(3, Duration.ofSeconds(1), 0)).isEqualTo(Duration.ofSeconds(80));
    }

    @Property
    void chanceTakesOffHalfAtMost(
            @ForAll @IntRange(min = 1, max = 100_000) int attempt,
            @ForAll @DoubleRange(min = 0, max = 1) double chance) {
        var most = backoff.after(attempt, Duration.ZERO, 0);
        assertThat(backoff.after(attempt, Duration.ZERO, chance)).isBetween(most.dividedBy(2), most);
    }
}
