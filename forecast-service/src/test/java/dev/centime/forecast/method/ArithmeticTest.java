package dev.centime.forecast.method;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The small pieces, on cases worked out by hand. */
class ArithmeticTest {
    @Test
    void isotonicPoolsWhatFalls() {
        assertThat(Isotonic.rising(new double[] {1, 3, 2, 4, 3, 3}))
                .containsExactly(1, 2.5, 2.5, 10 / 3.0, 10 / 3.0, 10 / 3.0);
        assertThat(Isotonic.rising(new double[] {3, 2, 1})).containsExactly(2, 2, 2);
    }

    @Test
    void quantileLiesBetweenOrderStatistics_andNeverBeyondThem() {
        var sorted = new double[] {1, 2, 3, 4};

        assertThat(Quantile.of(sorted, 0.5)).isEqualTo(2.5);
        assertThat(Quantile.of(sorted, 0.2)).isEqualTo(1);
        assertThat(Quantile.of(sorted, 0.01)).isEqualTo(1);
        assertThat(Quantile.of(sorted, 0.99)).isEqualTo(4);
    }

    @Test
    void lineRisesBySlope() {
        assertThat(Line.slope(new double[] {5, 7, 9, 11})).isCloseTo(2, within(1e-12));
        assertThat(Line.slope(new double[] {5})).isZero();
    }

    @Test
    void simplexFindsTheBottomOfABowl() {
        var bottom = Simplex.minimum(
                p -> (p[0] - 0.3) * (p[0] - 0.3) + 2 * (p[1] + 0.2) * (p[1] + 0.2), new double[] {0.9, 0.9}, 0.1, 200);

        assertThat(bottom).containsExactly(new double[] {0.3, -0.2}, within(1e-3));
    }

    @Test
    void smoothingTrustsTheNewestValue_whenALevelWanders() {
        var walk =
                IntStream.range(0, 100).mapToDouble(day -> day * day % 17 + day).toArray();
        var constant = new double[] {4, 4, 4, 4, 4};

        assertThat(Smoothing.alpha(walk)).isGreaterThan(0.1);
        assertThat(Smoothing.level(constant, 0.3)).isCloseTo(4, within(1e-12));
    }

    @Test
    void weekdaysAreDifferencesThatAddUpToNothing() {
        var history = IntStream.range(0, 28)
                .mapToDouble(day -> day % 7 == 5 ? 17 : 10)
                .toArray();

        assertThat(Weekdays.of(history, 0, 28)).containsExactly(new double[] {-1, -1, -1, -1, -1, 6, -1}, within(1e-9));
    }

    @Test
    void weekdaysAreUnknown_whenNotEveryOneWasSeen() {
        assertThat(Weekdays.of(new double[10], 0, 10)).containsOnly(0);
    }

    @Test
    void rhythmIsDetected_whenOneWeekdayDiffers_andNotInNoise() {
        var quietSundays = IntStream.range(0, 56)
                .mapToDouble(day -> (day % 7 == 6 ? 1 : 10) + day * 37 % 5 * 0.1)
                .toArray();
        var noise =
                IntStream.range(0, 56).mapToDouble(day -> day * day * 31 % 53).toArray();

        assertThat(Rhythm.detected(quietSundays)).isTrue();
        assertThat(Rhythm.detected(noise)).isFalse();
        assertThat(Rhythm.detected(new double[56])).isFalse();
        assertThat(Rhythm.detected(new double[10])).isFalse();
    }

    @Test
    void trendHasADirection_onlyWhenWeeksAreInOrder() {
        var rising =
                IntStream.range(0, 70).mapToDouble(day -> 10 + day + day % 7).toArray();
        var falling = IntStream.range(0, 70).mapToDouble(day -> 100 - day).toArray();
        var flat = IntStream.range(0, 70).mapToDouble(day -> day / 7 % 2).toArray();

        assertThat(Trend.of(rising)).isEqualTo(new Trend(Trend.Direction.INCREASING, 1));
        assertThat(Trend.of(falling)).isEqualTo(new Trend(Trend.Direction.DECREASING, 1));
        assertThat(Trend.of(flat).direction()).isEqualTo(Trend.Direction.STABLE);
        assertThat(Trend.of(new double[20])).isEqualTo(new Trend(Trend.Direction.STABLE, 0));
    }

    @Test
    void backtestOriginsSeeOnlyWhatCameBefore_andNeverLookPastTheEnd() {
        var backtest = Backtest.of(100, 56, 30);

        assertThat(backtest.days()).isEqualTo(14);
        assertThat(backtest.origins()).hasSize(31).startsWith(56).endsWith(86);
    }

    @Test
    void trialCountsDaysAndTotals() {
        var trial = new Trial("m", new double[][] {{1, 3}, {2, 2}}, new double[][] {{2, 2}, {4, 4}});

        assertThat(trial.dailyError()).isEqualTo(1.5);
        assertThat(trial.totalError()).isEqualTo(2);
        assertThat(trial.meanTotal()).isEqualTo(6);
        assertThat(trial.loss()).isEqualTo(2.5);
        assertThat(trial.cumulated().expected()[0]).containsExactly(1, 4);
        assertThat(trial.after(1).actual()[1]).containsExactly(4);
        assertThat(trial.without(0, 1).expected()).isDeepEqualTo(new double[][] {{2, 2}});
    }
}
