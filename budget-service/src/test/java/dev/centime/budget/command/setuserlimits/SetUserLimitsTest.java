package dev.centime.budget.command.setuserlimits;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.centime.budget.BudgetRefusal.AboveAdministrators;
import dev.centime.budget.BudgetRefusal.Refused;
import dev.centime.budget.Given;
import dev.centime.budget.UserLimits;
import dev.centime.budget.event.UserLimitsSet;
import dev.centime.contracts.BudgetDefinition;
import dev.centime.contracts.BudgetDefinition.Action;
import dev.centime.contracts.BudgetDefinition.Channel;
import dev.centime.contracts.BudgetDefinition.Threshold;
import dev.centime.contracts.BudgetDefinition.Type;
import dev.centime.contracts.BudgetDeleted;
import dev.centime.contracts.BudgetSet;
import dev.centime.contracts.Money;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SetUserLimitsTest {
    private static final Instant AT = Instant.parse("2026-11-20T10:00:00Z");

    private final UserLimits limits = new UserLimits("s-1");

    @Test
    void whatIsLeftOutTakesTheUsual_theFirstTime() {
        var decided = when(byHimself(Map.of(Type.DAILY, Money.of("3"))));
        assertThat(decided).hasSize(5);
        assertThat(((UserLimitsSet) decided.getLast()).limits())
                .isEqualTo(Map.of(
                        Type.DAILY, Money.of("3"),
                        Type.WEEKLY, Money.of("5"),
                        Type.MONTHLY, Money.of("20"),
                        Type.SESSION, Money.of("0.5")));
        var daily = ((BudgetSet) decided.getFirst()).definition();
        assertThat(daily.scope().filters()).isEqualTo(Map.of("user", List.of("s-1")));
        assertThat(daily.thresholds())
                .extracting(threshold -> threshold.percent().intValue() + " " + threshold.action())
                .containsExactly("80 " + Action.WARN, "100 " + Action.BLOCK);
    }

    @Test
    void laterWhatIsLeftOutStays() {
        given(byAdministrator(Map.of(Type.DAILY, Money.of("3"))));
        var decided = when(byAdministrator(Map.of(Type.WEEKLY, Money.of("9"))));
        assertThat(decided).hasSize(2);
        assertThat(limits.limit(Type.DAILY)).contains(Money.of("3"));
        assertThat(limits.limit(Type.WEEKLY)).contains(Money.of("9"));
    }

    @Test
    void aPersonLowersHisOwnBelowAnAdministrators_andRaisesThemAgainUpToIt() {
        given(byAdministrator(Map.of(Type.DAILY, Money.of("10"))));
        when(byHimself(Map.of(Type.DAILY, Money.of("4"))));
        assertThat(limits.limit(Type.DAILY)).contains(Money.of("4"));
        when(byHimself(Map.of(Type.DAILY, Money.of("10"))));
        assertThatThrownBy(() -> when(byHimself(Map.of(Type.DAILY, Money.of("10.01")))))
                .isInstanceOf(Refused.class)
                .extracting(thrown -> ((Refused) thrown).refusal())
                .isEqualTo(new AboveAdministrators(Type.DAILY, Money.of("10")));
    }

    @Test
    void whatAnAdministratorDoesNotName_heMaySetAsHighAsBefore() {
        given(byAdministrator(Map.of(Type.DAILY, Money.of("10"))));
        when(byHimself(Map.of(Type.DAILY, Money.of("4"))));
        when(byAdministrator(Map.of(Type.WEEKLY, Money.of("30"))));
        assertThat(limits.most())
                .containsEntry(Type.DAILY, Money.of("10"))
                .containsEntry(Type.WEEKLY, Money.of("30"))
                .containsEntry(Type.MONTHLY, Money.of("20"));
        when(byHimself(Map.of(Type.DAILY, Money.of("10"))));
        assertThat(limits.limit(Type.DAILY)).contains(Money.of("10"));
    }

    @Test
    void anAdministratorWhoNamesOneLimit_saysNothingOfThoseThatAPersonSetHimself() {
        given(byHimself(Map.of(Type.DAILY, Money.of("4"))));
        when(byAdministrator(Map.of(Type.WEEKLY, Money.of("30"))));
        assertThat(limits.most()).isEqualTo(Map.of(Type.WEEKLY, Money.of("30")));
        when(byHimself(Map.of(Type.DAILY, Money.of("400"))));
        assertThat(limits.limit(Type.DAILY)).contains(Money.of("400"));
    }

    @Test
    void whereNoAdministratorSaidAnything_heMayRaiseHisOwn() {
        given(byHimself(Map.of(Type.DAILY, Money.of("4"))));
        when(byHimself(Map.of(Type.DAILY, Money.of("400"))));
        assertThat(limits.limit(Type.DAILY)).contains(Money.of("400"));
    }

    @Test
    void theBudgetItselfSetByAnAdministratorBindsHimToo_anotherCalendarDoesNot() {
        given(byHimself(Map.of(Type.DAILY, Money.of("4"))));
        var daily = limits.budget(Type.DAILY).orElseThrow();
        limits.evolve(new BudgetSet(
                daily.budgetId(),
                2,
                daily.definition()
                        .with(Given.budget(Type.DAILY).in("Asia/Kolkata").calendar()),
                "reaction",
                "key",
                AT));
        when(byHimself(Map.of(Type.DAILY, Money.of("6"))));
        var lowered = Given.budget(Type.DAILY)
                .of("5")
                .over(Map.of("user", List.of("s-1")))
                .named("Daily limit");
        limits.evolve(new BudgetSet(daily.budgetId(), 4, lowered, "admin", "key", AT));
        assertThatThrownBy(() -> when(byHimself(Map.of(Type.DAILY, Money.of("6")))))
                .isInstanceOf(Refused.class);
    }

    @Test
    void whatAnAdministratorMadeOfTheBudgetsStays_butWhatIsNamed() {
        given(byAdministrator(Map.of(Type.DAILY, Money.of("10"))));
        var stricter = Given.budget(Type.DAILY)
                .of("10")
                .over(Map.of("user", List.of("s-1")))
                .at(new Threshold(new BigDecimal("60"), Action.BLOCK, List.of(Channel.EMAIL, Channel.SLACK)))
                .named("Ask Eve first");
        var weekly = stricterWeekly();
        limits.evolve(new BudgetSet(UserLimits.budgetId("s-1", Type.DAILY), 2, stricter, "admin", "key-o", AT));
        limits.evolve(new BudgetSet(UserLimits.budgetId("s-1", Type.WEEKLY), 2, weekly, "admin", "key-o", AT));

        var decided = when(byHimself(Map.of(Type.DAILY, Money.of("4"))));
        assertThat(decided).hasSize(2);
        assertThat(((BudgetSet) decided.getFirst()).definition())
                .isEqualTo(stricter.with(Money.of("4"), stricter.thresholds()));
        assertThat(definition(Type.WEEKLY)).isEqualTo(weekly);

        when(new SetUserLimits(Map.of(), false, true, "key-u", Given.UTC, LocalDate.of(2026, 11, 20), AT));
        assertThat(definition(Type.DAILY).thresholds())
                .containsExactly(new Threshold(new BigDecimal("60"), Action.BLOCK, List.of(Channel.SLACK)));
        assertThat(definition(Type.WEEKLY)).isEqualTo(weekly);
        assertThat(definition(Type.MONTHLY).thresholds())
                .allSatisfy(threshold -> assertThat(threshold.channels()).containsExactly(Channel.CONSOLE));
        assertThat(limits.emailAlerts()).isFalse();
    }

    /** One whose thresholds are told where the organization wants everything told. */
    private static BudgetDefinition stricterWeekly() {
        return Given.budget(Type.WEEKLY)
                .of("5")
                .over(Map.of("user", List.of("s-1")))
                .at(new Threshold(new BigDecimal("70"), Action.BLOCK, List.of()))
                .named("Weekly limit");
    }

    private BudgetDefinition definition(Type period) {
        return limits.budget(period).orElseThrow().definition();
    }

    @Test
    void aDeletedLimitStaysAway_untilItIsSetAgainAsANewRevision() {
        given(byAdministrator(Map.of()));
        limits.evolve(new BudgetDeleted(UserLimits.budgetId("s-1", Type.DAILY), 2, "admin"));
        when(byAdministrator(Map.of(Type.WEEKLY, Money.of("6"))));
        assertThat(limits.limit(Type.DAILY)).isEmpty();
        when(byHimself(Map.of(Type.DAILY, Money.of("6"))));
        assertThat(limits.budget(Type.DAILY).orElseThrow().revision()).isEqualTo(3);
    }

    @Test
    void theSameAgainChangesNothing() {
        given(byAdministrator(Map.of(Type.DAILY, Money.of("3"))));
        assertThat(when(byAdministrator(Map.of(Type.DAILY, Money.of("3"))))).isEmpty();
    }

    private void given(SetUserLimits command) {
        when(command);
    }

    private List<Object> when(SetUserLimits command) {
        var decided = SetUserLimitsHandler.decide(command, limits);
        decided.forEach(limits::evolve);
        return decided;
    }

    private static SetUserLimits byHimself(Map<Type, Money> wanted) {
        return new SetUserLimits(wanted, null, true, "key-u", Given.UTC, LocalDate.of(2026, 11, 20), AT);
    }

    private static SetUserLimits byAdministrator(Map<Type, Money> wanted) {
        return new SetUserLimits(wanted, null, false, "key-o", Given.UTC, LocalDate.of(2026, 11, 20), AT);
    }
}
