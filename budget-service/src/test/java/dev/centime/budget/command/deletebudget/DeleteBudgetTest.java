package dev.centime.budget.command.deletebudget;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.centime.budget.BudgetRefusal.Refused;
import dev.centime.budget.BudgetState;
import dev.centime.budget.Given;
import dev.centime.contracts.BudgetDefinition.Type;
import dev.centime.contracts.BudgetDeleted;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class DeleteBudgetTest {
    private static final DeleteBudget DELETE = new DeleteBudget("b-1", "key-2");

    @Test
    void endsTheBudget_asItsNextRevision() {
        var standing = new BudgetState.Standing(3, Given.budget(Type.DAILY).named("n"), "key-1", Instant.EPOCH);
        assertThat(DELETE.decide(standing)).containsExactly(new BudgetDeleted("b-1", 4, "key-2"));
    }

    @Test
    void isRefused_whenThereIsNone() {
        assertThatThrownBy(() -> DELETE.decide(BudgetState.UNSET)).isInstanceOf(Refused.class);
        assertThatThrownBy(() -> DELETE.decide(new BudgetState.Deleted())).isInstanceOf(Refused.class);
    }
}
