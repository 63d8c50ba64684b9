package dev.centime.budget.limit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.centime.budget.Given;
import dev.centime.contracts.BudgetDefinition;
import dev.centime.contracts.BudgetDefinition.Action;
import dev.centime.contracts.BudgetDefinition.Threshold;
import dev.centime.contracts.BudgetDefinition.Type;
import dev.centime.contracts.Money;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AccountTest {
    private static final Instant NOON = Instant.parse("2026-03-10T12:00:00Z");
    private static final Threshold BLOCK = new Threshold(new BigDecimal("100"), Action.BLOCK, List.of());

    @Test
    void spendCountsInItsWindow_andLateSpendToo() {
        var account = account(Given.budget(Type.DAILY).at(BLOCK));
        account.spend(NOON.minusSeconds(86_400), Money.of("7"));
        account.spend(NOON, Money.of("1"));
        assertThat(use(account, NOON).spent()).isEqualTo(Money.of("1"));
        account.spend(NOON.minusSeconds(60), Money.of("2"));
        account.spend(NOON.minusSeconds(86_400), Money.of("7"));
        assertThat(use(account, NOON).spent()).isEqualTo(Money.of("3"));
    }

    @Test
    void whatWasMadeAheadOfItsTime_countsWhenItsWindowHasBegun() {
        var account = account(Given.budget(Type.DAILY).at(BLOCK));
        var tomorrow = NOON.plusSeconds(86_400);
        account.spend(tomorrow, Money.of("4"));
        assertThat(use(account, NOON).spent()).isEqualTo(Money.ZERO);
        assertThat(use(account, tomorrow).spent()).isEqualTo(Money.of("4"));
    }

    @Test
    void whatIsHeldIsHeldInWhicheverWindowIsCurrent() {
        var account = account(Given.budget(Type.DAILY).at(BLOCK));
        account.reserve(Money.of("4"));
        assertThat(use(account, NOON).reserved()).isEqualTo(Money.of("4"));
        assertThat(use(account, NOON.plusSeconds(86_400)).reserved()).isEqualTo(Money.of("4"));
        account.reserve(Money.of("-4"));
        assertThat(use(account, NOON).reserved()).isEqualTo(Money.ZERO);
    }

    @Test
    void stopsWhereItsFirstBlockingThresholdIs() {
        var at120 = new Threshold(new BigDecimal("120"), Action.BLOCK, List.of());
        assertThat(use(account(Given.budget(Type.DAILY).at(Given.warnAt("50"), at120)), NOON)
                        .blocksAt())
                .isEqualTo(Money.of("120"));
        assertThat(use(account(Given.budget(Type.DAILY)), NOON).blocksAt()).isNull();
    }

    @Test
    void aLiftAddsToTheLimit_orTakesItAway_untilItsEnd() {
        var account = account(Given.budget(Type.DAILY).at(BLOCK));
        account.lift(new LimitLift(NOON.plusSeconds(10), Money.of("5")));
        assertThat(use(account, NOON).limit()).isEqualTo(Money.of("105"));
        assertThat(use(account, NOON).blocksAt()).isEqualTo(Money.of("105"));
        assertThat(use(account, NOON.plusSeconds(10)).blocksAt()).isEqualTo(Money.of("100"));
        var later = NOON.plusSeconds(20);
        account.lift(new LimitLift(NOON.plusSeconds(30), null));
        assertThat(use(account, later).blocksAt()).isNull();
        account.lift(null);
        assertThat(use(account, later).blocksAt()).isEqualTo(Money.of("100"));
    }

    @Test
    void aRollingWindowForgetsWhatItNoLongerReaches() {
        var account = account(Given.budget(Type.DAILY).rolling().at(BLOCK));
        account.spend(NOON.minusSeconds(23 * 3600), Money.of("3"));
        account.spend(NOON, Money.of("1"));
        assertThat(use(account, NOON).spent()).isEqualTo(Money.of("4"));
        assertThat(use(account, NOON.plusSeconds(2 * 3600)).spent()).isEqualTo(Money.of("1"));
    }

    /** At one o'clock of the second time around, a day before is earlier than it was a quarter of an hour ago. */
    @Test
    void aRollingWindowThatBeginsBeforeTheOneBeforeIt_stillKnowsWhatWasSpentThere() {
        var account = account(
                Given.budget(Type.DAILY).in("America/New_York").rolling().at(BLOCK));
        account.spend(Instant.parse("2026-10-31T05:10:00Z"), Money.of("9"));
        assertThat(use(account, Instant.parse("2026-11-01T05:40:00Z")).spent()).isEqualTo(Money.ZERO);
        assertThat(use(account, Instant.parse("2026-11-01T05:50:00Z")).spent()).isEqualTo(Money.of("9"));
    }

    @Test
    void aLongRollingWindowHoldsWholeDays_neverLessThanItsLength() {
        var account = account(Given.budget(Type.MONTHLY).rolling().at(BLOCK));
        account.spend(Instant.parse("2026-03-10T00:05:00Z"), Money.of("9"));
        assertThat(use(account, Instant.parse("2026-04-10T00:05:00Z")).spent()).isEqualTo(Money.of("9"));
        var lateThatDay = use(account, Instant.parse("2026-04-10T23:59:00Z"));
        assertThat(lateThatDay.spent()).isEqualTo(Money.of("9"));
        assertThat(lateThatDay.window().end()).isEqualTo(Instant.parse("2026-04-11T00:00:00Z"));
        assertThat(use(account, Instant.parse("2026-04-11T00:00:00Z")).spent()).isEqualTo(Money.ZERO);
    }

    @Test
    void isAsLargeAsWhatItRemembers() {
        var account = account(Given.budget(Type.WEEKLY).rolling().at(BLOCK));
        var empty = account.size();
        for (int quarter = 0; quarter < 400; quarter++) {
            account.spend(NOON.minusSeconds(900L * quarter), Money.of("1"));
        }
        assertThat(account.size()).isEqualTo(empty + 200);
    }

    /** A call every quarter of an hour for two years, and a question every six hours. */
    @ParameterizedTest
    @CsvSource({
        "DAILY, true, 320",
        "WEEKLY, true, 900",
        "MONTHLY, true, 40",
        "QUARTERLY, true, 100",
        "ANNUAL, true, 380",
        "DAILY, false, 4",
        "WEEKLY, false, 4",
        "MONTHLY, false, 4",
        "ANNUAL, false, 4",
    })
    void whatItRemembersDoesNotGrowWithCallsOrTime(Type type, boolean rolling, int most) {
        var given = Given.budget(type).from("2024-01-01").in("Asia/Kathmandu").at(BLOCK);
        var account = account(rolling ? given.rolling() : given);
        var largest = 0;
        for (int quarter = 0; quarter < 2 * 365 * 96; quarter++) {
            var now = NOON.plusSeconds(900L * quarter);
            account.spend(now, Money.of("0.01"));
            if (quarter % 24 == 0) {
                use(account, now);
            }
            largest = Math.max(largest, account.size());
        }
        assertThat(largest).isLessThanOrEqualTo(4 + most / 2);
    }

    @Test
    void aClockThatIsSetBackBringsBackNoWindowThatIsOver() {
        var account = account(Given.budget(Type.DAILY).at(BLOCK));
        account.spend(NOON, Money.of("3"));
        var tomorrow = NOON.plusSeconds(86_400);
        account.spend(tomorrow, Money.of("1"));
        assertThat(use(account, tomorrow).spent()).isEqualTo(Money.of("1"));
        assertThat(use(account, NOON).spent()).isEqualTo(Money.of("1"));
    }

    @Test
    void saysNothing_whenNoCallOfNowCounts() {
        var custom = Given.budget(Type.CUSTOM).from("2026-01-01").to("2026-01-31");
        assertThat(account(custom).at(NOON)).isEmpty();
        assertThat(account(Given.budget(Type.MONTHLY).from("2026-05-01")).at(NOON))
                .isEmpty();
    }

    @Test
    void whatIsLeftIsCarriedOver_upToTheCap_alsoWhenLateCallsChangeIt() {
        var account = account(
                Given.budget(Type.DAILY).of("10").from("2026-03-08").at(BLOCK).carrying("15"));
        assertThat(use(account, NOON).limit()).isEqualTo(Money.of("25"));
        account.spend(Instant.parse("2026-03-08T05:00:00Z"), Money.of("9"));
        account.spend(Instant.parse("2026-03-09T05:00:00Z"), Money.of("4"));
        assertThat(use(account, NOON).limit()).isEqualTo(Money.of("17"));
        account.spend(Instant.parse("2026-03-09T06:00:00Z"), Money.of("20"));
        assertThat(use(account, NOON).limit()).isEqualTo(Money.of("10"));
    }

    private static BudgetUse use(Account account, Instant now) {
        return account.at(now).orElseThrow();
    }

    private static Account account(Given given) {
        return account(given.named("b"));
    }

    private static Account account(BudgetDefinition definition) {
        return new Account("b-1", definition, new Periods(definition), null);
    }
}
