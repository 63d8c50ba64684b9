package dev.centime.ingest.view.costs.summary;

import dev.centime.contracts.Organization;
import dev.centime.ingest.view.GoneDays;
import dev.centime.ingest.view.Measures;
import dev.centime.ingest.view.costs.question.EarlierPeriod;
import dev.centime.kit.Period;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import java.util.stream.Stream;

/** The periods of a summary and the ones before them, cut so that one statement sums them all. */
final class Periods {
    /** Days that a rate is taken from. */
    static final int RATE_DAYS = 30;

    private final Map<String, Period> current;
    private final Map<String, EarlierPeriod> before;
    private final List<Instant> cuts;
    private final Instant until;

    private Periods(Map<String, Period> current, Map<String, EarlierPeriod> before) {
        this.current = current;
        this.before = before;
        var today = current("today");
        until = today.until();
        var rate = Period.lastDays(RATE_DAYS, today.end(), today.zone());
        var edges = new TreeSet<Instant>();
        Stream.concat(current.values().stream(), Stream.of(rate))
                .flatMap(period -> Stream.of(period.from(), period.until()))
                .forEach(edges::add);
        before.values().stream()
                .flatMap(earlier -> Stream.of(earlier.period().from(), earlier.until(), earlier.laterUntil()))
                .forEach(edges::add);
        cuts = List.copyOf(edges.headSet(until));
    }

    static Periods around(Instant now, Organization organization) {
        var today = now.atZone(organization.timeZone()).toLocalDate();
        var current = new LinkedHashMap<String, Period>();
        var before = new LinkedHashMap<String, EarlierPeriod>();
        for (var name : List.of("today", "yesterday", "week", "month", "quarter", "year")) {
            var period = Period.named(name, today, organization);
            current.put(name, period);
            before.put(name, EarlierPeriod.of(period, name, organization, now));
        }
        return new Periods(current, before);
    }

    /** The same, each compared as far as can be told. */
    Periods told(GoneDays gone) {
        var told = new LinkedHashMap<String, EarlierPeriod>();
        before.forEach((name, earlier) -> told.put(name, earlier.told(gone)));
        return new Periods(current, told);
    }

    Period current(String name) {
        return Objects.requireNonNull(current.get(name), name);
    }

    EarlierPeriod before(String name) {
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
        return sum(period.from(), period.until(), sums);
    }

    /** The stretches between two edges, added. @param sums one a stretch */
    Measures sum(Instant from, Instant to, List<Measures> sums) {
        var sum = Measures.zero();
        for (int i = 0; i < cuts.size(); i++) {
            if (!cuts.get(i).isBefore(from) && cuts.get(i).isBefore(to)) {
                sum.add(sums.get(i));
            }
        }
        return sum;
    }
}
