package dev.centime.forecast.method;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class MethodsTest {
    private static final double[] WEEK = {10, 20, 30, 40, 50, 5, 1};

    static List<Method> all() {
        return List.of(
                new SeasonalMean("seasonal_naive", 1),
                new SeasonalMean("seasonal_mean", 4),
                new HoltWinters("holt_winters"),
                new RootScale(new HoltWinters("holt_winters")),
                new Theta("theta"),
                new RootScale(new Theta("theta")),
                new SeasonalArima("seasonal_arima"),
                new RootScale(new SeasonalArima("seasonal_arima")));
    }

    @ParameterizedTest
    @MethodSource("all")
    void continuesTheWeek_whenEveryWeekIsTheSame(Method method) {
        var history = repeated(10);

        var expected = method.fit(history).forecast(history, 9);

        assertThat(expected).containsExactly(new double[] {10, 20, 30, 40, 50, 5, 1, 10, 20}, within(0.2));
    }

    @ParameterizedTest
    @MethodSource("all")
    void expectsNothing_whenNothingWasEverSpent(Method method) {
        assertThat(method.fit(new double[60]).forecast(new double[60], 3)).containsExactly(new double[3], within(1e-9));
    }

    @ParameterizedTest
    @MethodSource("all")
    void neverExpectsLessThanNothing_whenSpendRunsOut(Method method) {
        var falling = IntStream.range(0, 60).mapToDouble(day -> 300 - 5 * day).toArray();

        assertThat(Arrays.stream(method.fit(falling).forecast(falling, 60))).allMatch(value -> value >= 0);
    }

    @ParameterizedTest
    @MethodSource("all")
    void forecastsALongerHistoryThanItLearnedFrom(Method method) {
        var model = method.fit(repeated(8));

        var expected = model.forecast(Arrays.copyOf(repeated(10), 66), 4);

        assertThat(expected).containsExactly(new double[] {40, 50, 5, 1}, within(0.2));
    }

    @Test
    void seasonalNaiveRepeatsTheLastWeek() {
        var history = new double[] {9, 9, 9, 9, 9, 9, 9, 1, 2, 3, 4, 5, 6, 7};

        assertThat(new SeasonalMean("seasonal_naive", 1).fit(history).forecast(history, 8))
                .containsExactly(1, 2, 3, 4, 5, 6, 7, 1);
    }

    @Test
    void seasonalMeanAveragesTheSameWeekday_overAsManyWeeksAsThereAre() {
        var history = new double[] {3, 3, 3, 3, 3, 3, 3, 1, 2, 3, 4, 5, 6, 7};

        assertThat(new SeasonalMean("seasonal_mean", 4).fit(history).forecast(history, 3))
                .containsExactly(2, 2.5, 3);
    }

    @Test
    void recentMeanLooksAtTheLastDaysOnly() {
        var history = new double[] {100, 1, 2, 3};

        assertThat(new RecentMean("mean", 3).fit(history).forecast(history, 2)).containsExactly(2, 2);
    }

    @Test
    void thetaFollowsHalfOfTheLine() {
        var rising = IntStream.range(0, 70).mapToDouble(day -> 100 + 2 * day).toArray();

        var expected = new Theta("theta").fit(rising).forecast(rising, 10);

        assertThat(expected[9] - expected[0]).isCloseTo(9, within(0.2));
        assertThat(expected[0]).isCloseTo(240, within(3.0));
    }

    @Test
    void holtWintersFollowsALevelThatShifted() {
        var shifted =
                IntStream.range(0, 84).mapToDouble(day -> day < 56 ? 10 : 50).toArray();

        assertThat(Arrays.stream(new HoltWinters("holt_winters").fit(shifted).forecast(shifted, 7)))
                .allSatisfy(value -> assertThat(value).isCloseTo(50, within(5.0)));
    }

    @Test
    void medianTakesTheMiddle_andTheMeanOfTwoMiddles() {
        assertThat(Median.of(List.of(new double[] {1, 8}, new double[] {9, 2}, new double[] {3, 4})))
                .containsExactly(3, 4);
        assertThat(Median.of(List.of(new double[] {1}, new double[] {2}, new double[] {4}, new double[] {100})))
                .containsExactly(3);
    }

    private static double[] repeated(int weeks) {
        return IntStream.range(0, 7 * weeks).mapToDouble(day -> WEEK[day % 7]).toArray();
    }
}
