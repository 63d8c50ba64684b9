package dev.centime.ingest.pressure;

import static org.assertj.core.api.Assertions.assertThat;

import dev.centime.eventstore.projection.ViewLag;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Looks come four times a second here as they do there; times are in seconds. */
class LateViewsTest {
    private static final double LOOK_EVERY = 0.25;
    private static final int PARTITION = 3;

    private final LateViews views = new LateViews(new Bounds());
    private double now;
    private long upTo;

    private record Bounds() implements PressureSettings {
        @Override
        public Duration late() {
            return Duration.ofSeconds(1);
        }

        @Override
        public Duration lasting() {
            return Duration.ofSeconds(2);
        }

        @Override
        public Duration eased() {
            return Duration.ofMillis(500);
        }

        @Override
        public Duration still() {
            return Duration.ofSeconds(2);
        }

        @Override
        public Duration gains() {
            return Duration.ofSeconds(10);
        }
    }

    @Test
    void takes_whileViewsKeepUp() {
        lateBy(0.1, 10);

        assertThat(look(0.9)).isEmpty();
    }

    @Test
    void takes_whenAViewStuttersForAMoment() {
        lateBy(0.1, 10);

        assertThat(look(1.5)).isEmpty();
        assertThat(look(1.7)).isEmpty();
        assertThat(look(0.1)).isEmpty();
        assertThat(look(1.5)).isEmpty();
    }

    @Test
    void refuses_onceAViewHasBeenLateForSomeTime_untilItIsWellBelow() {
        lateBy(0.1, 10);

        assertThat(lateBy(1.2, 10)).isEqualTo(Map.of(PARTITION, 1.2));
        assertThat(look(0.7)).isEqualTo(Map.of(PARTITION, 0.7));
        assertThat(look(0.4)).isEmpty();
        assertThat(look(0.7)).isEmpty();
    }

    @Test
    void refusesThatPartitionAlone() {
        lateBy(0.1, 10);
        lateBy(1.2, 10);
        now += LOOK_EVERY;

        var refusing = views.look(
                List.of(
                        new ViewLag("budget", "budget-spend", PARTITION, upTo + 1, 10, 1.3),
                        new ViewLag("budget", "budget-spend", 4, 7, 10, 0.2)),
                nanos());

        assertThat(refusing).containsOnlyKeys(PARTITION);
    }

    @Test
    void takes_allTheTime_whenAServiceDies() {
        lateBy(0.1, 10);

        for (double dead = LOOK_EVERY; dead < 60; dead += LOOK_EVERY) {
            assertThat(lookAtTheSamePlace(dead, (long) (dead * 1_000))).isEmpty();
        }

        assertThat(views.still()).isOne();
    }

    @Test
    void takes_whileAServiceThatWasAwayComesNearer() {
        beAwayFor(600);

        for (long missing = 590_000; missing > 1_000; missing -= 10_000) {
            assertThat(look(missing / 1_000.0, missing)).isEmpty();
        }

        look(0.1);
        assertThat(lateBy(1.2, 10)).isNotEmpty();
    }

    @Test
    void refuses_whenAServiceThatWasAwayDoesNotComeNearer() {
        beAwayFor(600);

        assertThat(lateBy(600, 40)).isEmpty();
        assertThat(lateBy(600, 12)).containsOnlyKeys(PARTITION);
    }

    @Test
    void takes_whenItBeginsAndAViewIsFarBehind() {
        assertThat(look(3_600, 1_000_000)).isEmpty();
        assertThat(look(3_599, 990_000)).isEmpty();
    }

    @Test
    void takesSoon_whenTheSlowServiceIsStopped() {
        lateBy(0.1, 10);
        assertThat(lateBy(1.2, 10)).isNotEmpty();

        beAwayFor(3.5);

        assertThat(lookAtTheSamePlace(3.8, 3_800)).isEmpty();
    }

    /** Looks at a view that moves and stays as late as it is. */
    private Map<Integer, Double> lateBy(double seconds, int looks) {
        Map<Integer, Double> refusing = Map.of();
        for (int i = 0; i < looks; i++) {
            refusing = look(seconds);
        }
        return refusing;
    }

    /** Looks at a view that does not move and at last is so late. */
    private void beAwayFor(double seconds) {
        for (int i = 0; i < 10; i++) {
            lookAtTheSamePlace(seconds, (long) (seconds * 1_000));
        }
    }

    /** A thousand events come in a second. */
    private Map<Integer, Double> look(double seconds) {
        return look(seconds, (long) (seconds * 1_000));
    }

    private Map<Integer, Double> look(double seconds, long events) {
        upTo++;
        return lookAtTheSamePlace(seconds, events);
    }

    private Map<Integer, Double> lookAtTheSamePlace(double seconds, long events) {
        now += LOOK_EVERY;
        return views.look(List.of(new ViewLag("budget", "budget-spend", PARTITION, upTo, events, seconds)), nanos());
    }

    private long nanos() {
        return (long) (now * 1e9);
    }
}
