package dev.centime.budget.limit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.centime.budget.Given;
import dev.centime.contracts.BudgetDefinition.Calendar;
import dev.centime.contracts.BudgetDefinition.Type;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.MonthDay;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Windows by hand: zones, clock changes, week starts, fiscal years. That they tile time is {@link PeriodsTileTimeTest}. */
class PeriodsTest {
    @ParameterizedTest
    @CsvSource({
        // type, zone, call, window start, window end
        "DAILY, Asia/Kolkata, 2026-11-21T18:29:59Z, 2026-11-20T18:30:00Z, 2026-11-21T18:30:00Z",
        "DAILY, Asia/Kolkata, 2026-11-21T18:30:00Z, 2026-11-21T18:30:00Z, 2026-11-22T18:30:00Z",
        // 23 and 25 hours
        "DAILY, America/New_York, 2026-03-08T12:00:00Z, 2026-03-08T05:00:00Z, 2026-03-09T04:00:00Z",
        "DAILY, America/New_York, 2026-11-01T12:00:00Z, 2026-11-01T04:00:00Z, 2026-11-02T05:00:00Z",
        // The clock goes back at one o'clock to midnight: the day begins at the first midnight.
        "DAILY, America/Havana, 2026-11-01T12:00:00Z, 2026-11-01T04:00:00Z, 2026-11-02T05:00:00Z",
        // No midnight: the clock jumps from 24:00 to 01:00.
        "DAILY, America/Sao_Paulo, 2018-11-04T12:00:00Z, 2018-11-04T03:00:00Z, 2018-11-05T02:00:00Z",
        "WEEKLY, UTC, 2026-11-22T23:59:59Z, 2026-11-16T00:00:00Z, 2026-11-23T00:00:00Z",
        "MONTHLY, America/New_York, 2026-11-30T23:00:00Z, 2026-11-01T04:00:00Z, 2026-12-01T05:00:00Z",
        "MONTHLY, UTC, 2028-02-29T10:00:00Z, 2028-02-01T00:00:00Z, 2028-03-01T00:00:00Z",
        "QUARTERLY, UTC, 2026-11-22T10:00:00Z, 2026-10-01T00:00:00Z, 2027-01-01T00:00:00Z",
        "ANNUAL, Asia/Kolkata, 2026-12-31T18:29:59Z, 2025-12-31T18:30:00Z, 2026-12-31T18:30:00Z",
    })
    void aCallCountsInTheOrganizationsOwnPeriod(Type type, String zone, Instant call, Instant start, Instant end) {
        var periods = new Periods(Given.budget(type).from("2018-01-01").in(zone).named("b"));
        assertThat(periods.of(call, call)).contains(new Window(start, end));
        assertThat(periods.current(call)).isEqualTo(new Window(start, end));
    }

    @ParameterizedTest
    @CsvSource({"SUNDAY, 2026-11-22", "MONDAY, 2026-11-16", "SATURDAY, 2026-11-21"})
    void aWeekBeginsOnTheOrganizationsFirstDay(DayOfWeek first, LocalDate start) {
        var calendar = new Calendar(ZoneId.of("UTC"), first, MonthDay.of(1, 1));
        var periods = new Periods(Given.budget(Type.WEEKLY).in(calendar).named("b"));
        assertThat(periods.current(Instant.parse("2026-11-22T10:00:00Z")).start())
                .isEqualTo(start.atStartOfDay(ZoneId.of("UTC")).toInstant());
    }

    @ParameterizedTest
    @CsvSource({
        "QUARTERLY, 04-01, 2026-11-22, 2026-10-01, 2027-01-01",
        "QUARTERLY, 02-01, 2026-11-22, 2026-11-01, 2027-02-01",
        "QUARTERLY, 02-01, 2026-01-31, 2025-11-01, 2026-02-01",
        "QUARTERLY, 01-31, 2026-05-01, 2026-04-30, 2026-07-31",
        "ANNUAL, 04-01, 2026-03-31, 2025-04-01, 2026-04-01",
        "ANNUAL, 04-01, 2026-04-01, 2026-04-01, 2027-04-01",
        "ANNUAL, 02-29, 2027-03-01, 2027-02-28, 2028-02-29",
    })
    void fiscalPeriodsBeginWithTheFiscalYear(Type type, String first, LocalDate day, LocalDate start, LocalDate end) {
        var utc = ZoneId.of("UTC");
        var calendar = new Calendar(utc, DayOfWeek.MONDAY, MonthDay.parse("--" + first));
        var periods =
                new Periods(Given.budget(type).from("2020-01-01").in(calendar).named("b"));
        assertThat(periods.current(day.atTime(12, 0).atZone(utc).toInstant()))
                .isEqualTo(new Window(
                        start.atStartOfDay(utc).toInstant(),
                        end.atStartOfDay(utc).toInstant()));
    }

    @Test
    void thePeriodOfTheStartDateCountsWhole_andNoneBeforeIt() {
        var periods = new Periods(Given.budget(Type.MONTHLY).from("2026-11-22").named("b"));
        assertThat(counts(periods, "2026-11-01T00:00:00Z")).isTrue();
        assertThat(counts(periods, "2026-10-31T23:59:59Z")).isFalse();
    }

    @Test
    void aCustomBudgetCountsFromItsFirstDayToItsLast() {
        var periods = new Periods(
                Given.budget(Type.CUSTOM).from("2026-11-10").to("2026-11-12").named("b"));
        assertThat(counts(periods, "2026-11-09T23:59:59Z")).isFalse();
        assertThat(counts(periods, "2026-11-10T00:00:00Z")).isTrue();
        assertThat(counts(periods, "2026-11-12T23:59:59Z")).isTrue();
        assertThat(counts(periods, "2026-11-13T00:00:00Z")).isFalse();
    }

    @Test
    void aCustomBudgetThatRenewsFollowsUponItself() {
        var periods = new Periods(Given.budget(Type.CUSTOM)
                .from("2026-11-10")
                .to("2026-11-12")
                .renewing(true)
                .named("b"));
        assertThat(periods.current(Instant.parse("2026-11-14T10:00:00Z")))
                .isEqualTo(new Window(Instant.parse("2026-11-13T00:00:00Z"), Instant.parse("2026-11-16T00:00:00Z")));
    }

    @Test
    void aBudgetThatDoesNotRenewShowsItsOnlyPeriodForEver() {
        var periods = new Periods(
                Given.budget(Type.DAILY).from("2026-11-10").renewing(false).named("b"));
        var only = new Window(Instant.parse("2026-11-10T00:00:00Z"), Instant.parse("2026-11-11T00:00:00Z"));
        assertThat(periods.current(Instant.parse("2027-01-01T00:00:00Z"))).isEqualTo(only);
        assertThat(counts(periods, "2026-11-11T00:00:00Z")).isFalse();
        assertThat(periods.daysRemaining(only, Instant.parse("2027-01-01T00:00:00Z")))
                .isZero();
    }

    @Test
    void aRollingWindowReachesBackTheSameTimeOfDay_alsoOverAClockChange() {
        var periods = new Periods(
                Given.budget(Type.WEEKLY).in("America/New_York").rolling().named("b"));
        // 10:15 in New York is 15:15 UTC in winter and was 14:15 UTC a week before, in summer.
        assertThat(periods.current(Instant.parse("2026-11-04T15:07:00Z")))
                .isEqualTo(new Window(Instant.parse("2026-10-28T14:15:00Z"), Instant.parse("2026-11-04T15:15:00Z")));
    }

    @Test
    void aRollingBudgetCountsWhatWasSpentBeforeItWasSet() {
        var periods = new Periods(
                Given.budget(Type.DAILY).from("2026-11-22").rolling().named("b"));
        assertThat(periods.of(Instant.parse("2026-11-21T20:00:00Z"), Instant.parse("2026-11-22T10:00:00Z")))
                .isPresent();
    }

    @Test
    void daysRemainingCountToday() {
        var periods = new Periods(Given.budget(Type.MONTHLY).named("b"));
        var now = Instant.parse("2026-11-22T10:00:00Z");
        assertThat(periods.daysRemaining(periods.current(now), now)).isEqualTo(9);
    }

    private static boolean counts(Periods periods, String call) {
        return periods.of(Instant.parse(call), Instant.parse(call)).isPresent();
    }
}
