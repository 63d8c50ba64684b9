package dev.centime.gateway.command.rotateapikey;

import dev.centime.gateway.AccessRefusal;
import dev.centime.gateway.GatewayConfiguration;
import dev.centime.gateway.event.ApiKeyCreated;
import dev.centime.gateway.event.ApiKeyRevoked;
import dev.centime.gateway.event.ApiKeyRotated;
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

/** Only a key that still lets in is given another secret. */
public class RotateApiKeyHandler {
    public static EventSourcingConfigurer configure(EventSourcingConfigurer configurer) {
        return configurer
                .registerEntity(EventSourcedEntityModule.autodetected(String.class, State.class))
                .registerCommandHandlingModule(CommandHandlingModule.named("rotate-api-key")
                        .commandHandlers()
                        .annotatedCommandHandlingComponent(config -> new RotateApiKeyHandler()));
    }

    @CommandHandler
    void handle(RotateApiKey command, @InjectEntity State state, EventAppender events) {
        events.append(decide(command, state));
    }

    static List<ApiKeyRotated> decide(RotateApiKey command, State state) {
        if (!state.letsIn) {
            throw new AccessRefusal.NotThere("key " + command.keyId());
        }
        return List.of(new ApiKeyRotated(command.keyId(), command.hash(), state.organization));
    }

    @EventSourcedEntity(tagKey = GatewayConfiguration.KEY)
    static class State {
        boolean letsIn;

        @Nullable
        String organization;

        @EntityCreator
        State() {}

        @EventSourcingHandler
        void evolve(ApiKeyCreated event) {
            letsIn = true;
            organization = event.organization();
        }

        @EventSourcingHandler
        void evolve(ApiKeyRevoked event) {
            letsIn = false;
        }
    }
}
