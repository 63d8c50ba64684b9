package dev.centime.cli.demo;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;

/**
 * When an office works: little at night, half at noon, hardly on Sundays, a little more each week. It turns a share of all calls
 * into the instant by which that share has been made.
 */
final class Rhythm {
    /** How busy each hour of the day is, from midnight on. */
    private static final double[] HOURS = {
        1, 1, 1, 1, 1, 2, 4, 8, 16, 24, 26, 24, 14, 20, 26, 27, 24, 18, 10, 7, 6, 5, 3, 2
    };

    private final Instant start;
    private final Instant end;
    /** Element i: the weight of all hours before hour i. */
    private final double[] before;

    /** The last {@code days} days with today, up to {@code now}. */
    Rhythm(Instant now, int days) {
        end = now;
        start = now.truncatedTo(ChronoUnit.DAYS).minus(Duration.ofDays(days - 1L));
        var hours = (int) Duration.between(start, end).toHours() + 1;
        before = new double[hours + 1];
        for (var hour = 0; hour < hours; hour++) {
            before[hour + 1] = before[hour] + weight(start.plus(Duration.ofHours(hour)), hour, days);
        }
    }

    /**
     * @param share of all calls, from 0 to 1; a greater share never gives an earlier instant
     */
    Instant at(double share) {
        var wanted = share * before[before.length - 1];
        var hour = 0;
        while (hour < before.length - 2 && before[hour + 1] <= wanted) {
            hour++;
        }
        var within = (wanted - before[hour]) / (before[hour + 1] - before[hour]);
        var at = start.plus(Duration.ofHours(hour)).plusMillis((long) (within * 3_600_000));
        return at.isAfter(end) ? end : at;
    }

    private double weight(Instant hourStart, int hour, int days) {
        var time = hourStart.atOffset(ZoneOffset.UTC);
        var day = time.getDayOfWeek();
        var ofDay =
                day == DayOfWeek.SUNDAY ? 0.12 : day == DayOfWeek.SATURDAY ? 0.2 : day == DayOfWeek.FRIDAY ? 0.85 : 1;
        var growth = 1 + 0.35 * hour / (24.0 * days);
        // The last hour has only begun.
        var minutes = Math.min(60, Duration.between(hourStart, end).toMinutes() + 1);
        return HOURS[time.getHour()] * ofDay * growth * minutes / 60;
    }
}
