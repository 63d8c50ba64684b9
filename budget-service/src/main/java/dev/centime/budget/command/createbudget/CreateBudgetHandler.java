package dev.centime.budget.command.createbudget;

import dev.centime.budget.BudgetConfiguration;
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

/** Sets the first revision of a budget; said again, after a lost answer, it changes nothing. */
public class CreateBudgetHandler {
    public static void configure(EventSourcingConfigurer configurer) {
        configurer
                .registerEntity(EventSourcedEntityModule.autodetected(String.class, State.class))
                .registerCommandHandlingModule(CommandHandlingModule.named("create-budget")
                        .commandHandlers()
                        .annotatedCommandHandlingComponent(config -> new CreateBudgetHandler()));
    }

    /** @return its first revision, whoever set it */
    @CommandHandler
    BudgetSet handle(CreateBudget command, @InjectEntity State state, EventAppender events) {
        var decided = decide(command, state);
        events.append(decided);
        return state.first == null ? (BudgetSet) decided.getFirst() : state.first;
    }

    static List<BudgetEvent> decide(CreateBudget command, State state) {
        return state.first != null
                ? List.of()
                : List.of(new BudgetSet(
                        command.budgetId(), 1, command.definition(), command.by(), command.by(), command.at()));
    }

    /** A budget that was deleted since stays created. */
    @EventSourcedEntity(tagKey = BudgetConfiguration.BUDGET_TAG)
    static class State {
        private @Nullable BudgetSet first;

        @EntityCreator
        State() {}

        @EventSourcingHandler
        void evolve(BudgetSet event) {
            first = first == null ? event : first;
        }
    }
}
