package dev.centime.ingest.view.costs.question;

import dev.centime.contracts.Organization;
import dev.centime.ingest.view.GoneDays;
import dev.centime.kit.Period;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The period before another, and how much of each is set beside the other: all of both when the later one is over, else as much
 * of the earlier one as of the later one is over, by the calendar and the clock on the wall (decision 0134).
 *
 * @param period the whole one before
 * @param until what of it is compared ends here
 * @param laterUntil what of the later one is compared ends here: with the last quarter hour that is over, since sums are kept by these
 */
public record EarlierPeriod(Period period, Instant until, Instant laterUntil) {
    private static final long QUARTER_SECONDS = 15 * 60;
    private static final Set<String> OF_DAYS = Set.of("today", "yesterday");
    private static final String LAST = "last_";

    /**
     * @param later what is compared
     * @param name by which it was asked for, null when it was by its days: then the one before has as many
     */
    public static EarlierPeriod of(Period later, @Nullable String name, Organization organization, Instant now) {
        var unit = name == null || OF_DAYS.contains(name) ? null : name.replace(LAST, "");
        var earlier = unit == null ? later.previous() : Period.named(LAST + unit, later.start(), organization);
        if (!now.isBefore(later.until())) {
            return new EarlierPeriod(earlier, earlier.until(), later.until());
        }
        var quarter = Instant.ofEpochSecond(Math.floorDiv(now.getEpochSecond(), QUARTER_SECONDS) * QUARTER_SECONDS);
        if (quarter.isBefore(later.from())) {
            return new EarlierPeriod(earlier, earlier.from(), later.from());
        }
        var same = instant(sameTime(wall(quarter, later.zone()), later, earlier, unit), later.zone());
        return new EarlierPeriod(earlier, within(earlier, same), quarter);
    }

    /**
     * As much of both as can be told where sums are by day: when the earlier part would end within a day whose calls are gone, as many
     * whole days.
     */
    public EarlierPeriod told(GoneDays gone) {
        return gone.within(until) ? new EarlierPeriod(period, startOfDay(until), startOfDay(laterUntil)) : this;
    }

    private Instant startOfDay(Instant at) {
        return at.atZone(period.zone())
                .toLocalDate()
                .atStartOfDay(period.zone())
                .toInstant();
    }

    /** The time on the wall; within an hour that comes a second time, the end of that hour, so that it never goes back. */
    private static LocalDateTime wall(Instant at, ZoneId zone) {
        var local = at.atZone(zone);
        var transition = zone.getRules().getTransition(local.toLocalDateTime());
        return transition != null && local.getOffset().equals(transition.getOffsetAfter())
                ? transition.getDateTimeBefore()
                : local.toLocalDateTime();
    }

    private static LocalDateTime sameTime(LocalDateTime time, Period later, Period earlier, @Nullable String unit) {
        var day = time.toLocalDate();
        if (unit == null || unit.equals("week")) {
            return earlier.start()
                    .plusDays(ChronoUnit.DAYS.between(later.start(), day))
                    .atTime(time.toLocalTime());
        }
        var months = ChronoUnit.MONTHS.between(later.start(), day);
        var inMonth = ChronoUnit.DAYS.between(later.start().plusMonths(months), day);
        LocalDate same = earlier.start().plusMonths(months).plusDays(inMonth);
        var next = earlier.start().plusMonths(months + 1);
        // A month that is too short for the day is compared whole.
        return same.isBefore(next) ? same.atTime(time.toLocalTime()) : next.atStartOfDay();
    }

    /** Of a time that the clocks skip, the moment at which they do; of one that comes twice, the first. */
    private static Instant instant(LocalDateTime local, ZoneId zone) {
        var transition = zone.getRules().getTransition(local);
        return transition != null && transition.isGap()
                ? transition.getInstant()
                : local.atZone(zone).toInstant();
    }

    private static Instant within(Period period, Instant at) {
        if (at.isBefore(period.from())) {
            return period.from();
        }
        return at.isAfter(period.until()) ? period.until() : at;
    }
}
