package dev.centime.forecast.budget;

import static org.assertj.core.api.Assertions.assertThat;

import dev.centime.contracts.BudgetDefinition;
import dev.centime.contracts.BudgetDefinition.Rollover;
import dev.centime.contracts.BudgetDefinition.Type;
import dev.centime.contracts.Money;
import dev.centime.contracts.Scope;
import dev.centime.forecast.spend.SpendDays;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.MonthDay;
import java.time.ZoneOffset;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class CarriedOverTest {
    private static final LocalDate TODAY = LocalDate.parse("2026-11-22");

    @Test
    void isWhatTheMonthsBeforeLeft_eachWithWhatCameIntoIt() {
        var spent = new TreeMap<LocalDate, Money>();
        spent.put(LocalDate.parse("2026-09-30"), Money.of("70"));
        spent.put(LocalDate.parse("2026-10-01"), Money.of("95"));
        spent.put(LocalDate.parse("2026-11-01"), Money.of("1000"));

        // September leaves 30, with which October has 130 and leaves 35.
        assertThat(into(Type.MONTHLY, "2026-09-15", Rollover.REMAINING, null).of(new SpendDays(spent)))
                .isEqualTo(Money.of("35"));
        assertThat(into(Type.MONTHLY, "2026-09-15", Rollover.REMAINING, "20").of(new SpendDays(spent)))
                .isEqualTo(Money.of("20"));
    }

    @Test
    void aMonthThatSpentTooMuchTakesNothingFromTheNext() {
        var spent = new TreeMap<LocalDate, Money>();
        spent.put(LocalDate.parse("2026-10-31"), Money.of("250"));

        assertThat(into(Type.MONTHLY, "2026-10-01", Rollover.REMAINING, null).of(new SpendDays(spent)))
                .isEqualTo(Money.ZERO);
    }

    @Test
    void isNothing_whereTheBudgetSaysSo_andInItsFirstPeriod() {
        assertThat(into(Type.MONTHLY, "2026-01-01", Rollover.NONE, null).first())
                .isNull();
        assertThat(into(Type.MONTHLY, "2026-11-03", Rollover.REMAINING, null).first())
                .isNull();
    }

    @Test
    void beginsWithTheWholePeriodOfTheStartDate() {
        assertThat(into(Type.WEEKLY, "2026-11-11", Rollover.REMAINING, null).first())
                .isEqualTo(LocalDate.parse("2026-11-09"));
        assertThat(into(Type.DAILY, "2026-11-20", Rollover.REMAINING, null).before())
                .hasSize(2);
    }

    private static CarriedOver into(Type type, String start, Rollover rollover, @Nullable String cap) {
        var budget = new BudgetDefinition(
                "b",
                null,
                Money.of("100"),
                type,
                LocalDate.parse(start),
                null,
                new BudgetDefinition.Calendar(ZoneOffset.UTC, DayOfWeek.MONDAY, MonthDay.of(1, 1)),
                Scope.ORGANIZATION,
                List.of(),
                BudgetDefinition.Window.CALENDAR,
                rollover,
                cap == null ? null : Money.of(cap),
                true,
                true,
                BudgetDefinition.Contacts.NONE,
                60,
                true,
                null);
        return CarriedOver.into(
                BudgetPeriod.of(budget, TODAY, TODAY.plusDays(30)).orElseThrow(), budget);
    }
}
