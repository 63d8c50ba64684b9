package dev.centime.ingest.view.costs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import dev.centime.ingest.Api;
import dev.centime.ingest.view.costs.Recount.Call;
import dev.centime.ingest.view.costs.Recount.Sum;
import java.math.BigDecimal;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.MonthDay;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.time.temporal.TemporalAdjusters;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The endpoints that set a period beside another, against a recount. */
final class RecountedEndpoints {
    private final Api api;
    private final Recount recount;
    private final ZoneId zone;

    RecountedEndpoints(Api api, Recount recount, ZoneId zone) {
        this.api = api;
        this.recount = recount;
        this.zone = zone;
    }

    /** {@code GET /costs/analysis}, page by page. */
    void analysis(LocalDate first, LocalDate last, String groupBy, Function<Call, @Nullable String> key) {
        var days = ChronoUnit.DAYS.between(first, last) + 1;
        var now = recount.by(between(first, last), key);
        var before = recount.by(between(first.minusDays(days), first.minusDays(1)), key);
        var expected = new TreeMap<String, String>();
        now.forEach((value, sum) -> expected.put(value, line(sum, before.getOrDefault(value, Sum.NOTHING))));
        before.forEach((value, sum) -> expected.putIfAbsent(value, line(Sum.NOTHING, sum)));
        var shown = new TreeMap<String, String>();
        var costs = new ArrayList<BigDecimal>();
        for (var cursor = ""; cursor != null; ) {
            var answer = api.get("/costs/analysis?limit=2&group_by=" + groupBy + "&start_date=" + first + "&end_date="
                    + last + cursor);
            for (var item : answer.get("items")) {
                shown.put(item.get("key").isNull() ? "(none)" : item.get("key").asText(), line(item));
                costs.add(new BigDecimal(item.get("total_cost").asText()));
            }
            if (!answer.get("items").isEmpty()) {
                assertThat(line(answer.get("total")))
                        .isEqualTo(line(
                                recount.total(between(first, last)),
                                recount.total(between(first.minusDays(days), first.minusDays(1)))));
            }
            cursor = answer.get("next_cursor").isNull()
                    ? null
                    : "&cursor=" + answer.get("next_cursor").asText();
        }
        assertThat(shown).as(groupBy + " " + first + " " + last).isEqualTo(expected);
        assertThat(costs).isSortedAccordingTo((one, other) -> other.compareTo(one));
    }

    private static String line(Sum now, Sum before) {
        return "%s for %d, %d in, %d failed; %s for %d before; %s more"
                .formatted(
                        plain(now.cost()),
                        now.requests(),
                        now.input(),
                        now.errors(),
                        plain(before.cost()),
                        before.requests(),
                        plain(now.cost().subtract(before.cost())));
    }

    private static String line(JsonNode item) {
        return "%s for %d, %d in, %d failed; %s for %d before; %s more"
                .formatted(
                        item.get("total_cost").asText(),
                        item.get("requests").asLong(),
                        item.get("input_tokens").asLong(),
                        item.get("error_count").asLong(),
                        item.get("previous_total_cost").asText(),
                        item.get("previous_requests").asLong(),
                        item.get("change").asText());
    }

    /** {@code GET /costs/trends}. @param filter of the query, with {@code &} before it */
    void trends(LocalDate first, LocalDate last, String filter, Predicate<Call> covers) {
        var answer = api.get("/costs/trends?start_date=" + first + "&end_date=" + last + filter);
        var byDay =
                recount.by(between(first, last).and(covers), call -> day(call).toString());
        var values = new ArrayList<Double>();
        for (var point : answer.get("points")) {
            var sum = byDay.getOrDefault(point.get("date").asText(), Sum.NOTHING);
            assertThat(point.get("value").asText()).isEqualTo(plain(sum.cost()));
            values.add(sum.cost().doubleValue());
        }
        var days = ChronoUnit.DAYS.between(first, last) + 1;
        assertThat(values).hasSize((int) days);
        assertThat(answer.get("total").asText())
                .isEqualTo(plain(recount.total(between(first, last).and(covers)).cost()));
        assertThat(answer.at("/previous_period/total").asText())
                .isEqualTo(plain(recount.total(between(first.minusDays(days), first.minusDays(1))
                                .and(covers))
                        .cost()));
        int rises = 0;
        for (int early = 0; early < values.size(); early++) {
            for (int late = early + 1; late < values.size(); late++) {
                rises += values.get(late).compareTo(values.get(early));
            }
        }
        var pairs = values.size() * (values.size() - 1) / 2;
        assertThat(answer.get("strength").asDouble())
                .isCloseTo(pairs == 0 ? 0 : Math.abs(rises) / (double) pairs, within(1e-9));
    }

    /** {@code GET /costs/summary}. */
    void summary(LocalDate today, DayOfWeek weekStartsOn, MonthDay fiscalYearStart) {
        var over = new LinkedHashSet<LocalDateTime>();
        over.add(quarter());
        var answer = api.get("/costs/summary");
        over.add(quarter());
        var week = today.with(TemporalAdjusters.previousOrSame(weekStartsOn));
        var month = today.withDayOfMonth(1);
        var year = fiscalYearStart.atYear(today.getYear()).isAfter(today)
                ? fiscalYearStart.atYear(today.getYear() - 1)
                : fiscalYearStart.atYear(today.getYear());
        var quarter = year;
        while (!quarter.plusMonths(3).isAfter(today)) {
            quarter = quarter.plusMonths(3);
        }
        spent(answer.get("today"), today, today, today.minusDays(1), over, false);
        spent(answer.get("yesterday"), today.minusDays(1), today.minusDays(1), today.minusDays(2), over, false);
        spent(answer.get("this_week"), week, today, week.minusDays(7), over, false);
        spent(answer.get("this_month"), month, today, month.minusMonths(1), over, true);
        spent(answer.get("this_quarter"), quarter, today, quarter.minusMonths(3), over, true);
        spent(answer.get("this_year"), year, today, year.minusYears(1), over, true);
    }

    /** The last quarter hour that is over, on the wall. */
    private LocalDateTime quarter() {
        var now = LocalDateTime.now(zone);
        return now.truncatedTo(ChronoUnit.HOURS).plusMinutes(now.getMinute() / 15 * 15);
    }

    /**
     * @param before the first day of the period before
     * @param over up to where the period is over, before or after it was asked about
     * @param byMonths whether the same place in the period before is by months and days, else by days
     */
    private void spent(
            JsonNode shown,
            LocalDate first,
            LocalDate last,
            LocalDate before,
            Set<LocalDateTime> over,
            boolean byMonths) {
        var now = recount.total(between(first, last));
        assertThat(shown.get("total_cost").asText()).as(first + " to " + last).isEqualTo(plain(now.cost()));
        assertThat(shown.get("requests").asLong()).isEqualTo(now.requests());
        var expected = over.stream()
                .map(until -> {
                    var place = Place.of(first, until, byMonths);
                    return plain(recount.total(between(first, last)
                                            .and(call -> local(call).isBefore(until)))
                                    .cost())
                            + " beside "
                            + plain(recount.total(between(before, first.minusDays(1))
                                            .and(call -> Place.of(before, local(call), byMonths)
                                                            .compareTo(place)
                                                    < 0))
                                    .cost());
                })
                .toList();
        assertThat(shown.get("compared_total_cost").asText() + " beside "
                        + shown.get("previous_total_cost").asText())
                .as(before + " to before " + first)
                .isIn(expected);
    }

    /** How far into a period a time on the wall is. */
    private record Place(long months, long days, LocalTime time) implements Comparable<Place> {
        private static final Comparator<Place> ORDER =
                Comparator.comparing(Place::months).thenComparing(Place::days).thenComparing(Place::time);

        static Place of(LocalDate start, LocalDateTime at, boolean byMonths) {
            var months = byMonths ? ChronoUnit.MONTHS.between(start, at.toLocalDate()) : 0;
            return new Place(
                    months, ChronoUnit.DAYS.between(start.plusMonths(months), at.toLocalDate()), at.toLocalTime());
        }

        @Override
        public int compareTo(Place other) {
            return ORDER.compare(this, other);
        }
    }

    private LocalDateTime local(Call call) {
        return LocalDateTime.ofInstant(call.at(), zone);
    }

    private Predicate<Call> between(LocalDate first, LocalDate last) {
        return call -> !day(call).isBefore(first) && !day(call).isAfter(last);
    }

    private LocalDate day(Call call) {
        return call.at().atZone(zone).toLocalDate();
    }

    private static String plain(BigDecimal cost) {
        return cost.signum() == 0 ? "0" : cost.stripTrailingZeros().toPlainString();
    }
}
