package dev.centime.budget.limit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.centime.budget.Given;
import dev.centime.contracts.BudgetDefinition;
import dev.centime.contracts.BudgetDefinition.Type;
import dev.centime.contracts.Money;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** However its windows roll, forwards or back, an account knows all that was spent in the one at hand; so does one begun meanwhile. */
class RollingAccountTest {
    /** A budget, and a moment before its window begins earlier than it did. */
    private record Case(BudgetDefinition definition, Duration length, Instant from) {}

    /** Somebody asks, after a spend. @param minutesOff when it was, from so long before that moment as the window is long */
    private record Step(int minutesLater, int minutesOff, boolean recent, int cents) {}

    private record Spend(Instant at, Money amount) {}

    @Property(tries = 1000)
    void knowsTheSumOfItsWindow(@ForAll("cases") Case some, @ForAll("steps") List<Step> steps) {
        var periods = new Periods(some.definition);
        var spends = new ArrayList<Spend>();
        var accounts = new ArrayList<Account>();
        var now = some.from;
        for (var step : steps) {
            now = now.plus(Duration.ofMinutes(step.minutesLater));
            accounts.add(begun(some.definition, periods, spends, now));
            var about = step.recent ? now : now.minus(some.length);
            var spend = new Spend(
                    about.plus(Duration.ofMinutes(step.minutesOff)), new Money(BigDecimal.valueOf(step.cents, 2)));
            spends.add(spend);
            for (var account : accounts) {
                account.spend(spend.at, spend.amount);
                assertThat(account.at(now).orElseThrow().spent()).isEqualTo(sum(spends, periods.current(now)));
            }
        }
    }

    /** As from the view: of what was spent until now, only what is needed. */
    private static Account begun(BudgetDefinition definition, Periods periods, List<Spend> spends, Instant now) {
        var account = new Account("b-1", definition, periods, null);
        var from = Account.neededFrom(definition, periods, now);
        spends.stream()
                .filter(spend -> !periods.bucketOf(spend.at).isBefore(from))
                .forEach(spend -> account.spend(spend.at, spend.amount));
        return account;
    }

    private static Money sum(List<Spend> spends, Window window) {
        return spends.stream()
                .filter(spend -> window.contains(spend.at))
                .map(Spend::amount)
                .reduce(Money.ZERO, Money::plus);
    }

    @Provide
    Arbitrary<Case> cases() {
        return Arbitraries.of(
                some(Type.MONTHLY, "UTC", 30, "2026-05-30T12:00:00Z"),
                some(Type.MONTHLY, "America/New_York", 29, "2026-03-29T12:00:00Z"),
                some(Type.QUARTERLY, "Asia/Kolkata", 89, "2026-05-29T12:00:00Z"),
                some(Type.ANNUAL, "UTC", 365, "2028-02-28T18:00:00Z"),
                some(Type.DAILY, "America/New_York", 1, "2026-11-01T00:00:00Z"),
                some(Type.WEEKLY, "Australia/Lord_Howe", 7, "2026-04-04T10:00:00Z"));
    }

    private static Case some(Type type, String zone, int days, String from) {
        var definition =
                Given.budget(type).from("2025-01-01").in(zone).rolling().named("n");
        return new Case(definition, Duration.ofDays(days), Instant.parse(from));
    }

    @Provide
    Arbitrary<List<Step>> steps() {
        var later = Arbitraries.integers().between(0, 360);
        var off = Arbitraries.integers().between(-2880, 1440);
        var cents = Arbitraries.integers().between(-500, 5000);
        return Combinators.combine(later, off, Arbitraries.of(true, false), cents)
                .as(Step::new)
                .list()
                .ofMinSize(2)
                .ofMaxSize(12);
    }
}
