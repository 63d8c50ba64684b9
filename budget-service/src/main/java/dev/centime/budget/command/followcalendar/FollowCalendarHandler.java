package dev.centime.budget.command.followcalendar;

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

/** Sets a budget anew by another calendar; one that follows it already, or is gone, stays as it is. */
public class FollowCalendarHandler {
    public static void configure(EventSourcingConfigurer configurer) {
        configurer
                .registerEntity(EventSourcedEntityModule.autodetected(String.class, State.class))
                .registerCommandHandlingModule(CommandHandlingModule.named("follow-calendar")
                        .commandHandlers()
                        .annotatedCommandHandlingComponent(config -> new FollowCalendarHandler()));
    }

    /** @return whether that changed anything */
    @CommandHandler
    boolean handle(FollowCalendar command, @InjectEntity State state, EventAppender events) {
        var decided = decide(command, state);
        events.append(decided);
        return !decided.isEmpty();
    }

    static List<BudgetEvent> decide(FollowCalendar command, State state) {
        var standing = state.standing;
        return standing == null || standing.definition().calendar().equals(command.calendar())
                ? List.of()
                : List.of(new BudgetSet(
                        command.budgetId(),
                        standing.revision() + 1,
                        standing.definition().with(command.calendar()),
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
    }
}
