package dev.centime.budget.command.restorelimit;

import dev.centime.budget.BudgetConfiguration;
import dev.centime.budget.BudgetRefusal.Refused;
import dev.centime.budget.BudgetRefusal.Unknown;
import dev.centime.budget.event.LimitLifted;
import dev.centime.budget.event.LimitRestored;
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

/** Lets a limit hold again before the end of what was let beyond it; where nothing was, it changes nothing. */
public class RestoreLimitHandler {
    public static void configure(EventSourcingConfigurer configurer) {
        configurer
                .registerEntity(EventSourcedEntityModule.autodetected(String.class, State.class))
                .registerCommandHandlingModule(CommandHandlingModule.named("restore-limit")
                        .commandHandlers()
                        .annotatedCommandHandlingComponent(config -> new RestoreLimitHandler()));
    }

    /** @return whether that changed anything */
    @CommandHandler
    boolean handle(RestoreLimit command, @InjectEntity State state, EventAppender events) {
        var decided = decide(command, state);
        events.append(decided);
        return !decided.isEmpty();
    }

    static List<LimitRestored> decide(RestoreLimit command, State state) {
        if (!state.stands) {
            throw new Refused(new Unknown(command.budgetId()));
        }
        return state.lifted ? List.of(new LimitRestored(command.budgetId(), command.by(), command.at())) : List.of();
    }

    @EventSourcedEntity(tagKey = BudgetConfiguration.BUDGET_TAG)
    static class State {
        private boolean stands;
        private boolean lifted;

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

        @EventSourcingHandler
        void evolve(LimitLifted event) {
            lifted = true;
        }

        @EventSourcingHandler
        void evolve(LimitRestored event) {
            lifted = false;
        }
    }
}
