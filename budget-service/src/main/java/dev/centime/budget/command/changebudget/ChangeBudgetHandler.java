package dev.centime.budget.command.changebudget;

import dev.centime.budget.BudgetConfiguration;
import dev.centime.budget.BudgetRefusal.Refused;
import dev.centime.budget.BudgetRefusal.Stale;
import dev.centime.budget.BudgetRefusal.Unknown;
import dev.centime.contracts.BudgetDeleted;
import dev.centime.contracts.BudgetEvent;
import dev.centime.contracts.BudgetSet;
import java.util.List;
import org.axonframework.eventsourcing.annotation.EventSourcedEntity;
import org.axonframework.eventsourcing.annotation.EventSourcingHandler;
import org.axonframework.eventsourcing.annotation.reflection.EntityCreator;
import org.axonframework.eventsourcing.configuration.EventSourcedEntityModule;
import org.axonframework.eventsourcing.configuration.EventSourcingConfigurer;
import org.axonframework.messaging.commandhandling.annotation.CommandHandler;
import org.axonframework.messaging.commandhandling.configuration.CommandHandlingModule;
import org.axonframework.messaging.eventhandling.gateway.EventAppender;
import org.axonframework.modelling.annotation.InjectEntity;
import org.jspecify.annotations.Nullable;

/** Sets the next revision of a budget, for whoever has seen the newest. */
public class ChangeBudgetHandler {
    public static void configure(EventSourcingConfigurer configurer) {
        configurer
                .registerEntity(EventSourcedEntityModule.autodetected(String.class, State.class))
                .registerCommandHandlingModule(CommandHandlingModule.named("change-budget")
                        .commandHandlers()
                        .annotatedCommandHandlingComponent(config -> new ChangeBudgetHandler()));
    }

    /** @return the revision that stands now */
    @CommandHandler
    BudgetSet handle(ChangeBudget command, @InjectEntity State state, EventAppender events) {
        var decided = decide(command, state);
        events.append(decided);
        return decided.isEmpty() ? state.standing(command.budgetId()) : (BudgetSet) decided.getFirst();
    }

    static List<BudgetEvent> decide(ChangeBudget command, State state) {
        var standing = state.standing(command.budgetId());
        if (standing.revision() != command.seenRevision()) {
            throw new Refused(new Stale(command.budgetId(), standing.revision()));
        }
        return standing.definition().equals(command.definition())
                ? List.of()
                : List.of(new BudgetSet(
                        command.budgetId(),
                        standing.revision() + 1,
                        command.definition(),
                        command.by(),
                        standing.createdBy(),
                        standing.createdAt()));
    }

    @EventSourcedEntity(tagKey = BudgetConfiguration.BUDGET_TAG)
    static class State {
        private @Nullable BudgetSet standing;

        @EntityCreator
        State() {}

        @EventSourcingHandler
        void evolve(BudgetSet event) {
            standing = event;
        }

        @EventSourcingHandler
        void evolve(BudgetDeleted event) {
            standing = null;
        }

        private BudgetSet standing(String budgetId) {
            if (standing == null) {
                throw new Refused(new Unknown(budgetId));
            }
            return standing;
        }
    }
}
