package dev.centime.budget.command.liftlimit;

import dev.centime.budget.BudgetConfiguration;
import dev.centime.budget.BudgetRefusal.Refused;
import dev.centime.budget.BudgetRefusal.Unknown;
import dev.centime.budget.event.LimitLifted;
import dev.centime.contracts.BudgetDeleted;
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

/** Lets more be spent than a limit; again takes the place of what was let before. */
public class LiftLimitHandler {
    public static void configure(EventSourcingConfigurer configurer) {
        configurer
                .registerEntity(EventSourcedEntityModule.autodetected(String.class, State.class))
                .registerCommandHandlingModule(CommandHandlingModule.named("lift-limit")
                        .commandHandlers()
                        .annotatedCommandHandlingComponent(config -> new LiftLimitHandler()));
    }

    @CommandHandler
    LimitLifted handle(LiftLimit command, @InjectEntity State state, EventAppender events) {
        var decided = decide(command, state);
        events.append(decided);
        return decided.getFirst();
    }

    static List<LimitLifted> decide(LiftLimit command, State state) {
        if (!state.stands) {
            throw new Refused(new Unknown(command.budgetId()));
        }
        return List.of(new LimitLifted(
                command.budgetId(),
                command.reason(),
                command.until(),
                command.additionalAmount(),
                command.by(),
                command.at()));
    }

    @EventSourcedEntity(tagKey = BudgetConfiguration.BUDGET_TAG)
    static class State {
        private boolean stands;

        @EntityCreator
        State() {}

        @EventSourcingHandler
        void evolve(BudgetSet event) {
            stands = true;
        }

        @EventSourcingHandler
        void evolve(BudgetDeleted event) {
            stands = false;
        }
    }
}
