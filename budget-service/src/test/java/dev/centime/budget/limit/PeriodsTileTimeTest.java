package dev.centime.budget.limit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.centime.budget.Given;
import dev.centime.contracts.BudgetDefinition.Calendar;
import dev.centime.contracts.BudgetDefinition.Type;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.MonthDay;
import java.time.Period;
import java.time.ZoneId;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Whatever the zone, the week's first day and the fiscal year: every instant lies in one window, and windows meet. */
class PeriodsTileTimeTest {
    private static final long FROM = Instant.parse("2000-01-01T00:00:00Z").getEpochSecond();
    private static final long TO = Instant.parse("2040-01-01T00:00:00Z").getEpochSecond();

    @Property(tries = 3000)
    void everyInstantLiesInOneWindow_andTheNextBeginsWhereItEnds(
            @ForAll("recurring") Type type, @ForAll("calendars") Calendar calendar, @ForAll("instants") Instant call) {
        var periods =
                new Periods(Given.budget(type).from("1999-06-15").in(calendar).named("b"));
        var window = periods.of(call, call).orElseThrow();
        assertThat(window.contains(call)).isTrue();
        assertThat(periods.of(window.start(), call)).contains(window);
        assertThat(periods.of(window.end().minusNanos(1), call)).contains(window);
        assertThat(periods.of(window.end(), call).orElseThrow().start()).isEqualTo(window.end());
    }

    @Property(tries = 3000)
    void aBucketLiesWhollyInOneWindow(
            @ForAll("recurring") Type type, @ForAll("calendars") Calendar calendar, @ForAll("instants") Instant call) {
        var periods =
                new Periods(Given.budget(type).from("1999-06-15").in(calendar).named("b"));
        assertThat(periods.of(periods.bucketOf(call), call)).isEqualTo(periods.of(call, call));
    }

    @Property(tries = 3000)
    void aQuarterHourLiesWhollyInOneDay(@ForAll("calendars") Calendar calendar, @ForAll("instants") Instant call) {
        var quarter = Periods.quarterHourOf(call);
        var zone = calendar.timeZone();
        assertThat(quarter.atZone(zone).toLocalDate())
                .isEqualTo(quarter.plusSeconds(899).atZone(zone).toLocalDate());
    }

    @Property(tries = 1000)
    void aRollingWindowHoldsTheMoment_andWholeQuarterHours(
            @ForAll("recurring") Type type, @ForAll("calendars") Calendar calendar, @ForAll("instants") Instant now) {
        var periods = new Periods(
                Given.budget(type).from("1999-01-01").in(calendar).rolling().named("b"));
        var window = periods.current(now);
        assertThat(window.contains(now)).isTrue();
        assertThat(Periods.quarterHourOf(window.start())).isEqualTo(window.start());
        assertThat(Periods.quarterHourOf(window.end())).isEqualTo(window.end());
    }

    /** What it admits the exact one would admit, too: a call that counts there counts here. */
    @Property(tries = 3000)
    void aLongRollingWindowHoldsAllOfTheExactOne_andHardlyMore(
            @ForAll("long") Type type, @ForAll("calendars") Calendar calendar, @ForAll("instants") Instant now) {
        var window = rolling(type, calendar).current(now);
        var end = Periods.quarterHourOf(now).plusSeconds(900);
        var length = Period.ofMonths(
                Map.of(Type.MONTHLY, 1, Type.QUARTERLY, 3, Type.ANNUAL, 12).get(type));
        var exact = end.atZone(calendar.timeZone()).minus(length).toInstant();
        assertThat(window.start()).isBeforeOrEqualTo(exact).isAfter(exact.minus(Duration.ofHours(49)));
        assertThat(window.end()).isAfterOrEqualTo(end).isBefore(end.plus(Duration.ofHours(49)));
    }

    @Property(tries = 3000)
    void aBucketLiesWhollyInARollingWindow_orNotAtAll(
            @ForAll("recurring") Type type,
            @ForAll("calendars") Calendar calendar,
            @ForAll("instants") Instant now,
            @ForAll("hoursBack") int hours) {
        var periods = rolling(type, calendar);
        var window = periods.current(now);
        var call = now.minus(Duration.ofHours(hours));
        assertThat(window.contains(periods.bucketOf(call))).isEqualTo(window.contains(call));
    }

    private static Periods rolling(Type type, Calendar calendar) {
        return new Periods(
                Given.budget(type).from("1999-01-01").in(calendar).rolling().named("b"));
    }

    @Provide("long")
    Arbitrary<Type> longOnes() {
        return Arbitraries.of(Type.MONTHLY, Type.QUARTERLY, Type.ANNUAL);
    }

    @Provide
    Arbitrary<Integer> hoursBack() {
        return Arbitraries.integers().between(-30, 400 * 24);
    }

    @Provide
    Arbitrary<Type> recurring() {
        return Arbitraries.of(Type.DAILY, Type.WEEKLY, Type.MONTHLY, Type.QUARTERLY, Type.ANNUAL);
    }

    @Provide
    Arbitrary<Instant> instants() {
        return Arbitraries.longs().between(FROM, TO).map(Instant::ofEpochSecond);
    }

    @Provide
    Arbitrary<Calendar> calendars() {
        var zones = Arbitraries.of(
                        ZoneId.getAvailableZoneIds().stream().sorted().toList())
                .map(ZoneId::of);
        var fiscal = Combinators.combine(
                        Arbitraries.integers().between(1, 12),
                        Arbitraries.integers().between(1, 31))
                .as((month, day) -> MonthDay.of(
                        month, Math.min(day, java.time.Month.of(month).maxLength())));
        return Combinators.combine(zones, Arbitraries.of(DayOfWeek.class), fiscal)
                .as(Calendar::new);
    }
}
