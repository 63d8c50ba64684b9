package dev.centime.ingest.view.costs.summary;

import dev.centime.contracts.Organization;
import dev.centime.ingest.view.Measures;
import dev.centime.kit.Period;
import java.time.Instant;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import java.util.stream.Stream;

/** The periods of a summary and the ones before them, cut at common days so that one statement sums them all. */
final class Periods {
    /** Days that a rate is taken from. */
    static final int RATE_DAYS = 30;

    private final Map<String, Period> current = new LinkedHashMap<>();
    private final Map<String, Period> before = new LinkedHashMap<>();
    private final List<Instant> cuts;
    private final Instant until;

    private Periods(LocalDate today, Organization organization) {
        for (var name : List.of("today", "yesterday", "week", "month", "quarter", "year")) {
            current.put(name, Period.named(name, today, organization));
        }
        for (var name : List.of("week", "month", "quarter", "year")) {
            before.put(name, Period.named("last_" + name, today, organization));
        }
        before.put("today", current("yesterday"));
        before.put("yesterday", current("yesterday").previous());
        until = current("today").until();
        var rate = Period.lastDays(RATE_DAYS, today, organization.timeZone());
        var edges = new TreeSet<Instant>();
        Stream.of(current.values().stream(), before.values().stream(), Stream.of(rate))
                .flatMap(periods -> periods)
                .flatMap(period -> Stream.of(period.from(), period.until()))
                .filter(edge -> edge.isBefore(until))
                .forEach(edges::add);
        cuts = List.copyOf(edges);
    }

    static Periods around(LocalDate today, Organization organization) {
        return new Periods(today, organization);
    }

    Period current(String name) {
        return Objects.requireNonNull(current.get(name), name);
    }

    Period before(String name) {
        return Objects.requireNonNull(before.get(name), name);
    }

    /** Where one stretch ends and the next begins, ascending. */
    List<Instant> cuts() {
        return cuts;
    }

    /** The end of the last stretch. */
    Instant until() {
        return until;
    }

    /** The stretches of a period, added. @param sums one a stretch */
    Measures sum(Period period, List<Measures> sums) {
        var sum = Measures.zero();
        for (int i = 0; i < cuts.size(); i++) {
            if (!cuts.get(i).isBefore(period.from()) && cuts.get(i).isBefore(period.until())) {
                sum.add(sums.get(i));
            }
        }
        return sum;
    }
}
