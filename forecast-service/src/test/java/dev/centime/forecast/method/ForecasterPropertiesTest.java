package dev.centime.forecast.method;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;

class ForecasterPropertiesTest {
    private static final double SLACK = 1e-9;

    @Provide
    Arbitrary<double[]> history() {
        var spend = Arbitraries.oneOf(
                Arbitraries.doubles().between(0, 1000),
                Arbitraries.just(0.0),
                Arbitraries.doubles().ofScale(9).between(0, 1e-6),
                Arbitraries.doubles().between(1e6, 1e9));
        return spend.array(double[].class).ofMinSize(0).ofMaxSize(150);
    }

    @Property(tries = 200)
    void boundsHoldTheExpected_andNothingIsBelowZero(
            @ForAll("history") double[] history,
            @ForAll @IntRange(min = 0, max = 2) int gap,
            @ForAll @IntRange(min = 1, max = 60) int days,
            @ForAll @DoubleRange(min = 0.5, max = 0.99) double level) {
        var outlook = Forecaster.forecast(history, gap, days, level);

        assertThat(outlook.gap()).hasSize(gap);
        assertThat(outlook.days()).hasSize(days).allSatisfy(ForecasterPropertiesTest::sane);
        assertThat(outlook.totals()).hasSize(days).allSatisfy(ForecasterPropertiesTest::sane);
    }

    @Property(tries = 100)
    void totalsAreTheSumsOfTheirDays_andNoWiderThanTheirBoundsTogether(
            @ForAll("history") double[] history, @ForAll @IntRange(min = 1, max = 40) int days) {
        var outlook = Forecaster.forecast(history, 1, days, 0.95);

        double lower = 0;
        double expected = 0;
        double upper = 0;
        for (int day = 0; day < days; day++) {
            lower += outlook.days().get(day).lower();
            expected += outlook.days().get(day).expected();
            upper += outlook.days().get(day).upper();
            var total = outlook.total(day + 1);
            assertThat(total.expected()).isCloseTo(expected, within(1e-6 * (1 + expected)));
            assertThat(total.lower()).isGreaterThanOrEqualTo(lower - SLACK * (1 + lower));
            assertThat(total.upper()).isLessThanOrEqualTo(upper + SLACK * (1 + upper));
        }
    }

    @Property(tries = 60)
    void aHigherLevelIsNeverNarrower(@ForAll("history") double[] history) {
        var low = Forecaster.forecast(history, 1, 14, 0.5);
        var high = Forecaster.forecast(history, 1, 14, 0.95);

        for (int day = 0; day < 14; day++) {
            assertThat(high.days().get(day).lower())
                    .isLessThanOrEqualTo(low.days().get(day).lower());
            assertThat(high.days().get(day).upper())
                    .isGreaterThanOrEqualTo(low.days().get(day).upper());
            assertThat(high.totals().get(day).lower())
                    .isLessThanOrEqualTo(low.totals().get(day).lower());
            assertThat(high.totals().get(day).upper())
                    .isGreaterThanOrEqualTo(low.totals().get(day).upper());
        }
    }

    /** Four, because its root is exact: the same arithmetic on other units gives the same forecast in these units. */
    @Property(tries = 60)
    void theUnitDoesNotMatter(@ForAll("history") double[] history) {
        var one = Forecaster.forecast(history, 0, 10, 0.9);
        var four = Forecaster.forecast(Arrays.stream(history).map(v -> 4 * v).toArray(), 0, 10, 0.9);

        assertThat(four.method()).isEqualTo(one.method());
        for (int day = 0; day < 10; day++) {
            var unit = one.days().get(day);
            var other = four.days().get(day);
            assertThat(other.expected()).isCloseTo(4 * unit.expected(), within(1e-6 * (1 + unit.expected())));
            assertThat(other.upper()).isCloseTo(4 * unit.upper(), within(1e-4 * (1 + unit.upper())));
        }
    }

    @Property(tries = 30)
    void theSameHistoryGivesTheSameForecast(@ForAll("history") double[] history) {
        assertThat(Forecaster.forecast(history.clone(), 1, 7, 0.95))
                .isEqualTo(Forecaster.forecast(history, 1, 7, 0.95));
    }

    private static void sane(Interval interval) {
        assertThat(interval.lower()).isNotNegative().isFinite().isLessThanOrEqualTo(interval.expected());
        assertThat(interval.upper()).isFinite().isGreaterThanOrEqualTo(interval.expected());
    }
}
