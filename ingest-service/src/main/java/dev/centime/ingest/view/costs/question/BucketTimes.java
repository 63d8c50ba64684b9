package dev.centime.ingest.view.costs.question;

import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.NavigableSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The buckets that a stretch of time is made of: whole days of UTC, and quarters of an hour on those days alone that one of its ends, or
 * a cut within it, falls into. So a month of any zone is read by its days and the two at its edges.
 */
final class BucketTimes {
    private static final Duration QUARTER = Duration.ofMinutes(15);
    private static final Duration DAY = Duration.ofDays(1);

    private final Instant from;
    private final Instant until;
    private final NavigableSet<Instant> cutDays = new TreeSet<>();

    /**
     * @param from first instant
     * @param until first instant after
     * @param cuts where the stretch is cut into smaller ones; those outside it do not matter
     */
    BucketTimes(Instant from, Instant until, Collection<Instant> cuts) {
        this.from = from;
        this.until = until;
        cut(from);
        cut(until);
        cuts.stream().filter(cut -> cut.isAfter(from) && cut.isBefore(until)).forEach(this::cut);
    }

    /** Days that no sums are kept of: they are read as those that something falls into. */
    BucketTimes without(Collection<Instant> days) {
        days.stream()
                .filter(day -> day.plus(DAY).isAfter(from) && day.isBefore(until))
                .forEach(cutDays::add);
        return this;
    }

    private void cut(Instant at) {
        if (!at.equals(day(at))) {
            cutDays.add(day(at));
        }
    }

    /** From an instant until before another. */
    record Range(Instant from, Instant until) {
        long days() {
            return Math.ceilDiv(Duration.between(from, until).toSeconds(), DAY.toSeconds());
        }
    }

    /** The days of which only parts, or only calls, will do; neighbours together. */
    List<Range> rest() {
        var ranges = new ArrayList<Range>();
        for (var day : cutDays) {
            var start = day.isBefore(from) ? from : day;
            var end = day.plus(DAY).isAfter(until) ? until : day.plus(DAY);
            if (!ranges.isEmpty() && ranges.getLast().until().equals(start)) {
                ranges.set(ranges.size() - 1, new Range(ranges.getLast().from(), end));
            } else {
                ranges.add(new Range(start, end));
            }
        }
        return ranges;
    }

    /** The condition that a bucket of a day is one of these; null when there are none. */
    @Nullable
    String days(Statement statement) {
        if (cutDays.size() >= daysTouched()) {
            return null;
        }
        var within = "bucket >= " + statement.parameter(utc(from)) + " AND bucket < " + statement.parameter(utc(until));
        return cutDays.isEmpty()
                ? within
                : within + " AND bucket <> ALL (" + statement.parameter(times(cutDays)) + "::timestamptz[])";
    }

    /** The condition that a bucket of a quarter hour is one of these; null when there are none. */
    @Nullable
    String quarters(Statement statement) {
        if (cutDays.isEmpty()) {
            return null;
        }
        var ranges = rest();
        if (ranges.size() == 1) {
            return "bucket >= " + statement.parameter(utc(ranges.getFirst().from())) + " AND bucket < "
                    + statement.parameter(utc(ranges.getFirst().until()));
        }
        return "bucket = ANY (" + statement.parameter(times(quartersOf(ranges))) + "::timestamptz[])";
    }

    private static List<Instant> quartersOf(List<Range> ranges) {
        var quarters = new ArrayList<Instant>();
        for (var range : ranges) {
            for (var at = range.from(); at.isBefore(range.until()); at = at.plus(QUARTER)) {
                quarters.add(at);
            }
        }
        return quarters;
    }

    private long daysTouched() {
        return ChronoUnit.DAYS.between(day(from), until) + (until.equals(day(until)) ? 0 : 1);
    }

    static Instant day(Instant at) {
        return at.truncatedTo(ChronoUnit.DAYS);
    }

    private static OffsetDateTime[] times(Collection<Instant> instants) {
        return instants.stream().map(BucketTimes::utc).toArray(OffsetDateTime[]::new);
    }

    static OffsetDateTime utc(Instant at) {
        return OffsetDateTime.ofInstant(at, ZoneOffset.UTC);
    }
}
