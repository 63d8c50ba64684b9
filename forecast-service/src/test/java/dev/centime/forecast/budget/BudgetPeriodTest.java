package dev.centime.forecast.budget;

import static org.assertj.core.api.Assertions.assertThat;

import dev.centime.contracts.BudgetDefinition;
import dev.centime.contracts.Money;
import dev.centime.contracts.Scope;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.MonthDay;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BudgetPeriodTest {
    private static final LocalDate TODAY = LocalDate.parse("2026-11-22");

    @ParameterizedTest
    @CsvSource({
        "daily, calendar, 2026-11-22, 2026-11-22",
        "weekly, calendar, 2026-11-22, 2026-11-28",
        "monthly, calendar, 2026-11-01, 2026-11-30",
        "quarterly, calendar, 2026-10-01, 2026-12-22",
        "annual, calendar, 2026-04-01, 2026-12-22",
        "monthly, rolling, 2026-11-22, 2026-12-21",
        "quarterly, rolling, 2026-09-23, 2026-12-22",
        "weekly, rolling, 2026-11-22, 2026-11-28"
    })
    void isWhatRunsToday_upToTheForecastsEnd(String type, String window, LocalDate first, LocalDate last) {
        assertThat(BudgetPeriod.of(budget(type, window, "2026-01-05", null, true), TODAY, TODAY.plusDays(30)))
                .contains(new BudgetPeriod(first, last));
    }

    @Test
    void aCustomBudgetRepeats_whenItRenews() {
        var renewing = budget("custom", "calendar", "2026-11-01", "2026-11-10", true);

        assertThat(BudgetPeriod.of(renewing, TODAY, TODAY.plusDays(30)))
                .contains(new BudgetPeriod(LocalDate.parse("2026-11-21"), LocalDate.parse("2026-11-30")));
    }

    @Test
    void isNone_beforeABudgetBegins_afterItEnds_andForSessions() {
        var over = budget("custom", "calendar", "2026-11-01", "2026-11-10", false);
        var early = budget("monthly", "calendar", "2026-12-05", null, true);
        var session = budget("session", "calendar", "2026-01-01", null, true);

        assertThat(BudgetPeriod.of(over, TODAY, TODAY.plusDays(30))).isEmpty();
        assertThat(BudgetPeriod.of(early, TODAY, TODAY.plusDays(30))).isEmpty();
        assertThat(BudgetPeriod.of(session, TODAY, TODAY.plusDays(30))).isEmpty();
    }

    private static BudgetDefinition budget(
            String type, String window, String start, @Nullable String end, boolean renews) {
        return new BudgetDefinition(
                "b",
                null,
                Money.of("100"),
                BudgetDefinition.Type.valueOf(type.toUpperCase(Locale.ROOT)),
                LocalDate.parse(start),
                end == null ? null : LocalDate.parse(end),
                new BudgetDefinition.Calendar(ZoneOffset.UTC, DayOfWeek.SUNDAY, MonthDay.of(4, 1)),
                Scope.ORGANIZATION,
                List.of(),
                BudgetDefinition.Window.valueOf(window.toUpperCase(Locale.ROOT)),
                BudgetDefinition.Rollover.NONE,
                null,
                renews,
                true,
                BudgetDefinition.Contacts.NONE,
                60,
                true,
                null);
    }
}
