package dev.centime.ingest.view.costs.trends;

import dev.centime.contracts.Organization;
import dev.centime.ingest.view.costs.question.Granularity;
import dev.centime.kit.Period;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;

/**
 * When the points of a trend are, and how many days each is the figure of.
 *
 * @param start of the point
 * @param end of the point
 */
record Stretches(List<Instant> start, List<Instant> end) {
    private static final double DAY_SECONDS = Duration.ofDays(1).toSeconds();

    static Stretches of(Period period, Organization organization, Granularity granularity) {
        // The hour that comes twice is one.
        var starts = new LinkedHashMap<String, Instant>();
        granularity.of(period, organization).forEach(slice -> starts.putIfAbsent(slice.label(), slice.start()));
        var start = List.copyOf(starts.values());
        var end = new ArrayList<>(start.subList(1, start.size()));
        end.add(period.until());
        return new Stretches(start, List.copyOf(end));
    }

    /** How many of them were over at a moment: the last one may still grow. */
    int overAt(Instant now) {
        return (int) end.stream().filter(over -> !over.isAfter(now)).count();
    }

    /** The middle of a stretch, in days since the first began. */
    double middle(int index) {
        var half = Duration.between(start.get(index), end.get(index)).dividedBy(2);
        return Duration.between(start.getFirst(), start.get(index)).plus(half).toSeconds() / DAY_SECONDS;
    }

    /** Its days, a day on which clocks change as any other; 1 for an hour. */
    double days(int index) {
        return Math.max(
                1, Math.rint(Duration.between(start.get(index), end.get(index)).toSeconds() / DAY_SECONDS));
    }
}
