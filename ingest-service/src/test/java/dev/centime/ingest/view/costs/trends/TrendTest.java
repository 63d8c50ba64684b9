package dev.centime.ingest.view.costs.trends;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.centime.ingest.view.costs.trends.Trend.Direction;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TrendTest {
    @Test
    void goesUp_whereEachDayIsAboveTheOneBefore() {
        var trend = of(1, 2, 3, 4, 5, 6, 7);

        assertThat(trend.direction()).isEqualTo(Direction.UP);
        assertThat(trend.strength()).isEqualTo(1);
        assertThat(trend.slope()).isEqualTo(1);
    }

    @Test
    void goesDown_whateverOneWildDaySays() {
        var trend = of(20, 18, 16, 14, 500, 10, 8, 6, 4, 2);

        assertThat(trend.direction()).isEqualTo(Direction.DOWN);
        assertThat(trend.slope()).isCloseTo(-2, within(0.01));
    }

    @Test
    void isFlat_ofTooFewDays_ofEqualOnes_andOfNone() {
        assertThat(of(1, 2, 3).direction()).isEqualTo(Direction.FLAT);
        assertThat(of(5, 5, 5, 5, 5, 5).direction()).isEqualTo(Direction.FLAT);
        assertThat(of(5, 5, 5, 5, 5, 5).strength()).isZero();
        assertThat(of().slope()).isZero();
        assertThat(of(3).slope()).isZero();
    }

    @Test
    void isFlat_whereASingleDayCostAnything() {
        assertThat(of(0, 0, 0, 0, 0, 0, 0, 0, 0, 7).direction()).isEqualTo(Direction.FLAT);
    }

    @Test
    void aSlopeIsByTime_notByPoint() {
        var trend = Trend.of(new double[] {0, 1, 2, 10, 20}, new double[] {0, 2, 4, 20, 40});

        assertThat(trend.slope()).isCloseTo(2, within(1e-9));
    }

    /** Of ten thousand series without any order about one in twenty looks as if it had one. */
    @Test
    void isSeldomWrongAboutNoise() {
        var random = new Random(4);
        var found = IntStream.range(0, 10_000)
                .filter(i -> of(random.doubles(30).toArray()).direction() != Direction.FLAT)
                .count();

        assertThat(found).isBetween(350L, 600L);
    }

    private static Trend of(double... values) {
        return Trend.of(IntStream.range(0, values.length).asDoubleStream().toArray(), values);
    }
}
