package dev.centime.budget.command.changebudget;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.centime.budget.BudgetRefusal;
import dev.centime.budget.BudgetRefusal.Refused;
import dev.centime.budget.BudgetState;
import dev.centime.budget.Given;
import dev.centime.contracts.BudgetDefinition;
import dev.centime.contracts.BudgetDefinition.Type;
import dev.centime.contracts.BudgetDeleted;
import dev.centime.contracts.BudgetEvent;
import dev.centime.contracts.BudgetSet;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class ChangeBudgetTest {
    private static final Instant CREATED = Instant.parse("2026-11-22T10:00:00Z");
    private static final BudgetDefinition BEFORE = Given.budget(Type.MONTHLY).named("Before");
    private static final BudgetDefinition AFTER =
            Given.budget(Type.WEEKLY).of("7").named("After");

    @Test
    void setsTheNextRevision_asAWhole() {
        assertThat(new ChangeBudget("b-1", 1, AFTER, "key-2").decide(given(set(1, BEFORE))))
                .containsExactly(new BudgetSet("b-1", 2, AFTER, "key-2", CREATED));
    }

    @Test
    void changesNothing_whenNothingIsDifferent() {
        assertThat(new ChangeBudget("b-1", 1, BEFORE, "key-2").decide(given(set(1, BEFORE))))
                .isEmpty();
    }

    @Test
    void isRefused_whenSomebodyElseChangedItInBetween() {
        var state = given(set(1, BEFORE), set(2, AFTER));
        assertThat(refusal(new ChangeBudget("b-1", 1, AFTER, "key-2"), state))
                .isEqualTo(new BudgetRefusal.Stale("b-1", 2));
    }

    @Test
    void isRefused_whenThereIsNoSuchBudgetOrNoMore() {
        var change = new ChangeBudget("b-1", 1, AFTER, "key-2");
        assertThat(refusal(change, BudgetState.UNSET)).isEqualTo(new BudgetRefusal.Unknown("b-1"));
        assertThat(refusal(change, given(set(1, BEFORE), new BudgetDeleted("b-1", 2, "key-1"))))
                .isEqualTo(new BudgetRefusal.Unknown("b-1"));
    }

    @Test
    void whoCreatedItStaysOnRecord() {
        var state = given(set(1, BEFORE), new BudgetSet("b-1", 2, AFTER, "key-2", CREATED));
        assertThat(state.standing("b-1").createdBy()).isEqualTo("key-1");
    }

    private static BudgetSet set(int revision, BudgetDefinition definition) {
        return new BudgetSet("b-1", revision, definition, "key-1", CREATED);
    }

    private static BudgetState given(BudgetEvent... events) {
        var state = BudgetState.UNSET;
        for (var event : events) {
            state = BudgetState.evolve(state, event);
        }
        return state;
    }

    private static BudgetRefusal refusal(ChangeBudget change, BudgetState state) {
        return catchThrowableOfType(Refused.class, () -> change.decide(state)).refusal();
    }
}
