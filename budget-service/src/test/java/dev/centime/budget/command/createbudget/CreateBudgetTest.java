package dev.centime.budget.command.createbudget;

import static org.assertj.core.api.Assertions.assertThat;

import dev.centime.budget.BudgetState;
import dev.centime.budget.Given;
import dev.centime.contracts.BudgetDefinition;
import dev.centime.contracts.BudgetDefinition.Type;
import dev.centime.contracts.BudgetDeleted;
import dev.centime.contracts.BudgetSet;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class CreateBudgetTest {
    private static final Instant AT = Instant.parse("2026-11-22T10:00:00Z");
    private static final BudgetDefinition MONTHLY = Given.budget(Type.MONTHLY).named("All");
    private static final CreateBudget CREATE = new CreateBudget("b-1", MONTHLY, "key-1", AT);

    @Test
    void setsItsFirstRevision() {
        assertThat(CREATE.decide(BudgetState.UNSET)).containsExactly(new BudgetSet("b-1", 1, MONTHLY, "key-1", AT));
    }

    @Test
    void changesNothing_whenItIsThereAlready() {
        var there = BudgetState.evolve(BudgetState.UNSET, new BudgetSet("b-1", 1, MONTHLY, "key-1", AT));
        assertThat(CREATE.decide(there)).isEmpty();
    }

    @Test
    void bringsNothingBack_thatWasDeleted() {
        var set = BudgetState.evolve(BudgetState.UNSET, new BudgetSet("b-1", 1, MONTHLY, "key-1", AT));
        var deleted = BudgetState.evolve(set, new BudgetDeleted("b-1", 2, "key-1"));
        assertThat(CREATE.decide(deleted)).isEmpty();
    }
}
