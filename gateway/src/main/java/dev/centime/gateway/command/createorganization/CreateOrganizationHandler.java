package dev.centime.gateway.command.createorganization;

import dev.centime.contracts.OrganizationCreated;
import dev.centime.gateway.AccessRefusal;
import dev.centime.gateway.GatewayConfiguration;
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

/** An organization's id is its own for ever. */
public class CreateOrganizationHandler {
    public static EventSourcingConfigurer configure(EventSourcingConfigurer configurer) {
        return configurer
                .registerEntity(EventSourcedEntityModule.autodetected(String.class, State.class))
                .registerCommandHandlingModule(CommandHandlingModule.named("create-organization")
                        .commandHandlers()
                        .annotatedCommandHandlingComponent(config -> new CreateOrganizationHandler()));
    }

    @CommandHandler
    void handle(CreateOrganization command, @InjectEntity State state, EventAppender events) {
        events.append(decide(command, state));
    }

    static List<OrganizationCreated> decide(CreateOrganization command, State state) {
        if (state.exists) {
            throw new AccessRefusal.AlreadyThere("organization " + command.id());
        }
        return List.of(new OrganizationCreated(command.organization()));
    }

    @EventSourcedEntity(tagKey = GatewayConfiguration.ORGANIZATION)
    static class State {
        boolean exists;

        @EntityCreator
        State() {}

        @EventSourcingHandler
        void evolve(OrganizationCreated event) {
            exists = true;
        }
    }
}
