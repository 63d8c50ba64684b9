package dev.centime.gateway.command.createapikey;

import dev.centime.gateway.AccessRefusal;
import dev.centime.gateway.GatewayConfiguration;
import dev.centime.gateway.event.ApiKeyCreated;
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

/** A key is made once: its secret is shown to whoever made it, and to nobody after. */
public class CreateApiKeyHandler {
    public static EventSourcingConfigurer configure(EventSourcingConfigurer configurer) {
        return configurer
                .registerEntity(EventSourcedEntityModule.autodetected(String.class, State.class))
                .registerCommandHandlingModule(CommandHandlingModule.named("create-api-key")
                        .commandHandlers()
                        .annotatedCommandHandlingComponent(config -> new CreateApiKeyHandler()));
    }

    @CommandHandler
    void handle(CreateApiKey command, @InjectEntity State state, EventAppender events) {
        events.append(decide(command, state));
    }

    static List<ApiKeyCreated> decide(CreateApiKey command, State state) {
        if (state.made) {
            throw new AccessRefusal.AlreadyThere("key " + command.keyId());
        }
        return List.of(new ApiKeyCreated(
                command.keyId(),
                command.organization(),
                command.role(),
                command.subject(),
                command.name(),
                command.hash(),
                command.expiresAt()));
    }

    @EventSourcedEntity(tagKey = GatewayConfiguration.KEY)
    static class State {
        boolean made;

        @EntityCreator
        State() {}

        @EventSourcingHandler
        void evolve(ApiKeyCreated event) {
            made = true;
        }
    }
}
