package dev.centime.budget.limit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.centime.budget.Given;
import dev.centime.contracts.BudgetDefinition.Type;
import dev.centime.contracts.Money;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class CarriedOverTest {
    private static final Instant LAST = Instant.parse("2026-01-10T12:00:00Z");

    /** Something is spent, then somebody asks. @param day of the first ten of the year. @param asked another of them */
    private record Change(int day, int dollars, int asked) {}

    @Test
    void nothingIsCarriedOver_unlessTheBudgetSaysSo() {
        var definition = Given.budget(Type.DAILY).named("n");
        var periods = new Periods(definition);
        var carriedOver = new CarriedOver(periods.current(LAST), definition, periods, window -> Money.ZERO);
        assertThat(carriedOver.into(periods.current(LAST))).isEqualTo(Money.ZERO);
    }

    @Property(tries = 500)
    void afterAnyChange_itIsWhatItWouldBeFromTheBeginning(@ForAll("changes") List<Change> changes) {
        var definition = Given.budget(Type.DAILY).of("10").from("2026-01-01").carrying("25");
        var periods = new Periods(definition);
        var spent = new HashMap<Window, Money>();
        var running = new CarriedOver(
                periods.current(LAST), definition, periods, window -> spent.getOrDefault(window, Money.ZERO));
        for (var change : changes) {
            var changed = windowOf(periods, change.day);
            spent.merge(changed, Money.of(Integer.toString(change.dollars)), Money::plus);
            running.changed(changed);
            var asked = windowOf(periods, change.asked);
            var anew = new CarriedOver(asked, definition, periods, window -> spent.getOrDefault(window, Money.ZERO));
            assertThat(running.into(asked)).isEqualTo(anew.into(asked));
        }
    }

    @Provide
    Arbitrary<List<Change>> changes() {
        var days = Arbitraries.integers().between(1, 10);
        return Combinators.combine(days, Arbitraries.integers().between(-3, 15), days)
                .as(Change::new)
                .list()
                .ofMaxSize(30);
    }

    private static Window windowOf(Periods periods, int day) {
        return periods.current(Instant.parse("2026-01-%02dT12:00:00Z".formatted(day)));
    }
}
