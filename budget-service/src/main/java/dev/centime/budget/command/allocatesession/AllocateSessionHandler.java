package dev.centime.budget.command.allocatesession;

import dev.centime.budget.BudgetConfiguration;
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

/**
 * Sets the budget of a session. A file that is imported later may say another amount; a budget that somebody changed or deleted since is
 * his.
 */
public class AllocateSessionHandler {
    public static void configure(EventSourcingConfigurer configurer) {
        configurer
                .registerEntity(EventSourcedEntityModule.autodetected(String.class, State.class))
                .registerCommandHandlingModule(CommandHandlingModule.named("allocate-session")
                        .commandHandlers()
                        .annotatedCommandHandlingComponent(config -> new AllocateSessionHandler()));
    }

    /** @return whether that changed anything */
    @CommandHandler
    boolean handle(AllocateSession command, @InjectEntity State state, EventAppender events) {
        var decided = decide(command, state);
        events.append(decided);
        return !decided.isEmpty();
    }

    static List<BudgetEvent> decide(AllocateSession command, State state) {
        var standing = state.standing;
        if (standing == null) {
            return state.deleted
                    ? List.of()
                    : List.of(new BudgetSet(
                            command.budgetId(), 1, command.definition(), command.by(), command.by(), command.at()));
        }
        var changed = standing.setBy().equals(command.by())
                && !standing.definition()
                        .totalLimit()
                        .equals(command.definition().totalLimit());
        return changed
                ? List.of(new BudgetSet(
                        command.budgetId(),
                        standing.revision() + 1,
                        command.definition(),
                        command.by(),
                        standing.createdBy(),
                        standing.createdAt()))
                : List.of();
    }

    @EventSourcedEntity(tagKey = BudgetConfiguration.BUDGET_TAG)
    static class State {
        private @Nullable BudgetSet standing;
        private boolean deleted;

        @EntityCreator
        State() {}

        @EventSourcingHandler
        void evolve(BudgetSet event) {
            standing = event;
        }

        @EventSourcingHandler
        void evolve(BudgetDeleted event) {
            standing = null;
            deleted = true;
        }
    }
}
