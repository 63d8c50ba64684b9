package dev.centime.budget.command.followcalendar;

import dev.centime.budget.BudgetState;
import dev.centime.contracts.BudgetDefinition.Calendar;
import dev.centime.contracts.BudgetEvent;
import dev.centime.contracts.BudgetSet;
import java.util.List;

/** The organization counts its days differently now, and so does its budget. */
public record FollowCalendar(String budgetId, Calendar calendar, String by) {

    public List<BudgetEvent> decide(BudgetState state) {
        return switch (state) {
            case BudgetState.Standing standing
            when !standing.definition().calendar().equals(calendar) ->
                List.of(new BudgetSet(
                        budgetId,
                        standing.revision() + 1,
                        standing.definition().with(calendar),
                        by,
                        standing.createdAt()));
            case BudgetState.Standing _, BudgetState.Unset _, BudgetState.Deleted _ -> List.of();
        };
    }
}
