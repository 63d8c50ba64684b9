package dev.centime.forecast.method;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ForecasterTest {
    @Test
    void saysNothing_whenNothingIsKnown() {
        var outlook = Forecaster.forecast(new double[0], 1, 7, 0.95);

        assertThat(outlook.method()).isEqualTo(Forecaster.NO_HISTORY);
        assertThat(outlook.historyDays()).isZero();
        assertThat(outlook.accuracy()).isNull();
        assertThat(outlook.days()).hasSize(7).containsOnly(new Interval(0, 0, 0));
    }

    @Test
    void expectsTheMeanWithWideBounds_whenOneDayIsKnown() {
        var outlook = Forecaster.forecast(new double[] {12}, 1, 7, 0.95);

        assertThat(outlook.method()).isEqualTo("mean");
        assertThat(outlook.days()).allSatisfy(day -> {
            assertThat(day.expected()).isEqualTo(12);
            assertThat(day.lower()).isLessThan(2);
            assertThat(day.upper()).isGreaterThan(30);
        });
    }

    @Test
    void isLessSure_theShorterTheHistory() {
        var few = Forecaster.forecast(new double[] {9, 11, 10}, 0, 7, 0.95);
        var more = Forecaster.forecast(new double[] {9, 11, 10, 9, 11, 10, 9, 11, 10, 10}, 0, 7, 0.95);

        assertThat(width(few.total(7))).isGreaterThan(width(more.total(7)));
    }

    @Test
    void testsOnWhatIsThere_fromTwoWeeksOn() {
        var outlook = Forecaster.forecast(noisyWeeks(14, 1), 1, 30, 0.95);

        assertThat(outlook.accuracy()).isNotNull();
        assertThat(outlook.days()).hasSize(30);
    }

    @Test
    void knowsTheWeek_whenThereIsOne() {
        var outlook = Forecaster.forecast(noisyWeeks(140, 2), 0, 14, 0.9);

        assertThat(outlook.seasonal()).isTrue();
        assertThat(outlook.days().get(5).expected()).isCloseTo(20, within(4.0));
        assertThat(outlook.days().get(0).expected()).isCloseTo(100, within(12.0));
        assertThat(outlook.accuracy().wapeTotal()).isLessThan(0.1);
        assertThat(outlook.accuracy().coverage()).isBetween(0.85, 1.0);
    }

    @Test
    void coversAsManyDaysAsAskedFor_onFreshDays() {
        var inside = 0;
        for (int seed = 0; seed < 20; seed++) {
            var all = noisyWeeks(210, seed);
            var outlook = Forecaster.forecast(java.util.Arrays.copyOf(all, 200), 0, 10, 0.8);
            for (int day = 0; day < 10; day++) {
                var bounds = outlook.days().get(day);
                inside += bounds.lower() <= all[200 + day] && all[200 + day] <= bounds.upper() ? 1 : 0;
            }
        }
        assertThat(inside / 200.0).isBetween(0.75, 0.97);
    }

    @Test
    void isSurerOfATotalThanOfItsDays_whenErrorsCancelOut() {
        var outlook = Forecaster.forecast(noisyWeeks(200, 3), 0, 28, 0.95);

        double sumOfBounds =
                outlook.days().stream().mapToDouble(ForecasterTest::width).sum();
        assertThat(width(outlook.total(28))).isLessThan(0.6 * sumOfBounds);
    }

    @Test
    void tellsTheDaysOfTheGapApart() {
        var history = noisyWeeks(140, 4);

        var fromToday = Forecaster.forecast(history, 0, 8, 0.95);
        var fromTomorrow = Forecaster.forecast(history, 1, 7, 0.95);

        assertThat(fromTomorrow.gap().getFirst().expected())
                .isEqualTo(fromToday.days().getFirst().expected());
        assertThat(fromTomorrow.days().getFirst().expected())
                .isEqualTo(fromToday.days().get(1).expected());
    }

    @Test
    void looksBackAYearAtMost() {
        var history = noisyWeeks(800, 5);

        assertThat(Forecaster.forecast(history, 0, 7, 0.95).historyDays()).isEqualTo(365);
    }

    @Test
    void keepsExpectingNothing_whenSpendEnded() {
        var ended = java.util.Arrays.copyOf(noisyWeeks(60, 6), 120);

        assertThat(Forecaster.forecast(ended, 0, 7, 0.95).total(7).expected()).isCloseTo(0, within(15.0));
    }

    private static double width(Interval interval) {
        return interval.upper() - interval.lower();
    }

    /** A hundred a day, twenty on the sixth of a week, give or take. */
    private static double[] noisyWeeks(int days, long seed) {
        var random = new Random(seed);
        return IntStream.range(0, days)
                .mapToDouble(day -> (day % 7 == 5 - days % 7 + (days % 7 > 5 ? 7 : 0) ? 20 : 100)
                        * (1 + 0.08 * random.nextGaussian()))
                .toArray();
    }
}
