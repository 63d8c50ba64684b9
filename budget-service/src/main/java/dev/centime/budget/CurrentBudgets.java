package dev.centime.budget;

import dev.centime.budget.BudgetRefusal.Refused;
import dev.centime.budget.BudgetRefusal.Unknown;
import dev.centime.contracts.BudgetDeleted;
import dev.centime.contracts.BudgetEvent;
import dev.centime.contracts.BudgetSet;
import dev.centime.eventstore.log.Criterion;
import dev.centime.eventstore.log.EventLog;
import dev.centime.eventstore.log.EventTypes;
import dev.centime.eventstore.log.StoredEvent;
import dev.centime.eventstore.log.Tag;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Set;

/** A budget as the log has it at this moment; the views may be a little behind. */
@ApplicationScoped
public class CurrentBudgets {
    private final EventLog log;
    private final EventTypes types;

    CurrentBudgets(EventLog log, EventTypes types) {
        this.log = log;
        this.types = types;
    }

    /** @throws Refused (as a failure) when there is no such budget, or no more */
    public Uni<BudgetSet> find(String organization, String budgetId) {
        var criterion = new Criterion(
                Set.of(new Tag(BudgetConfiguration.BUDGET_TAG, budgetId)),
                types.namesOf(Set.of(BudgetSet.class, BudgetDeleted.class)));
        return log.source(organization, Set.of(criterion), 0).map(sourced -> newest(budgetId, sourced.events()));
    }

    private BudgetSet newest(String budgetId, List<StoredEvent> story) {
        var last = story.isEmpty()
                ? null
                : (BudgetEvent) types.decode(story.getLast()).orElseThrow();
        return switch (last) {
            case BudgetSet set -> set;
            case BudgetDeleted _ -> throw new Refused(new Unknown(budgetId));
            case null -> throw new Refused(new Unknown(budgetId));
        };
    }
}
