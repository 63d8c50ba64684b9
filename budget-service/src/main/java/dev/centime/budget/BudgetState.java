package dev.centime.budget;

import dev.centime.contracts.BudgetDefinition;
import dev.centime.contracts.BudgetDeleted;
import dev.centime.contracts.BudgetEvent;
import dev.centime.contracts.BudgetSet;
import java.time.Instant;

/** What decisions on a budget read. */
public sealed interface BudgetState {
    BudgetState UNSET = new Unset();

    /** Nothing was ever heard of it. */
    record Unset() implements BudgetState {}

    /** @param createdBy who set the first revision */
    record Standing(int revision, BudgetDefinition definition, String createdBy, Instant createdAt)
            implements BudgetState {}

    record Deleted() implements BudgetState {}

    static BudgetState evolve(BudgetState before, BudgetEvent event) {
        return switch (event) {
            case BudgetSet set ->
                new Standing(
                        set.revision(),
                        set.definition(),
                        before instanceof Standing standing ? standing.createdBy() : set.setBy(),
                        set.createdAt());
            case BudgetDeleted _ -> new Deleted();
        };
    }

    /** The budget as it stands. @throws BudgetRefusal.Refused when it does not */
    default Standing standing(String budgetId) {
        return switch (this) {
            case Standing standing -> standing;
            case Unset _, Deleted _ -> throw new BudgetRefusal.Refused(new BudgetRefusal.Unknown(budgetId));
        };
    }
}
