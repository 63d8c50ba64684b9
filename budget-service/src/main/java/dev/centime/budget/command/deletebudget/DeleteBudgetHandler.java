package dev.centime.budget.command.deletebudget;

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

/** Ends a budget. */
public class DeleteBudgetHandler {
    public static void configure(EventSourcingConfigurer configurer) {
        configurer
                .registerEntity(EventSourcedEntityModule.autodetected(String.class, State.class))
                .registerCommandHandlingModule(CommandHandlingModule.named("delete-budget")
                        .commandHandlers()
                        .annotatedCommandHandlingComponent(config -> new DeleteBudgetHandler()));
    }

    /** @return the revision that it ended with */
    @CommandHandler
    int handle(DeleteBudget command, @InjectEntity State state, EventAppender events) {
        var decided = decide(command, state);
        events.append(decided);
        return decided.getFirst().revision();
    }

    static List<BudgetEvent> decide(DeleteBudget command, State state) {
        if (!state.stands) {
            throw new Refused(new Unknown(command.budgetId()));
        }
        if (command.seenRevision() != null && command.seenRevision() != state.revision) {
            throw new Refused(new Stale(command.budgetId(), state.revision));
        }
        return List.of(new BudgetDeleted(command.budgetId(), state.revision + 1, command.by()));
    }

    @EventSourcedEntity(tagKey = BudgetConfiguration.BUDGET_TAG)
    static class State {
        private boolean stands;
        private int revision;

        @EntityCreator
        State() {}

        @EventSourcingHandler
        void evolve(BudgetSet event) {
            stands = true;
            revision = event.revision();
        }

        @EventSourcingHandler
        void evolve(BudgetDeleted event) {
            stands = false;
        }
    }
}
