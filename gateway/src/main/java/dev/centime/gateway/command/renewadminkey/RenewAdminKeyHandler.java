package dev.centime.gateway.command.renewadminkey;

import dev.centime.gateway.GatewayConfiguration;
import dev.centime.gateway.event.ApiKeyCreated;
import dev.centime.gateway.event.ApiKeyRevoked;
import dev.centime.gateway.event.ApiKeyRotated;
import dev.centime.gateway.event.GatewayEvent;
import dev.centime.kit.Role;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.axonframework.eventsourcing.annotation.EventSourcedEntity;
import org.axonframework.eventsourcing.annotation.EventSourcingHandler;
import org.axonframework.eventsourcing.annotation.reflection.EntityCreator;
import org.axonframework.eventsourcing.configuration.EventSourcedEntityModule;
import org.axonframework.eventsourcing.configuration.EventSourcingConfigurer;
import org.axonframework.messaging.commandhandling.annotation.CommandHandler;
import org.axonframework.messaging.commandhandling.configuration.CommandHandlingModule;
import org.axonframework.messaging.eventhandling.gateway.EventAppender;
import org.axonframework.modelling.annotation.InjectEntity;

/**
 * What the operator sets counts once: the first key is made, another takes its place, and one that was revoked or replaced stays
 * so however often the service starts with it.
 */
public class RenewAdminKeyHandler {
    public static EventSourcingConfigurer configure(EventSourcingConfigurer configurer) {
        return configurer
                .registerEntity(EventSourcedEntityModule.autodetected(String.class, State.class))
                .registerCommandHandlingModule(CommandHandlingModule.named("renew-admin-key")
                        .commandHandlers()
                        .annotatedCommandHandlingComponent(config -> new RenewAdminKeyHandler()));
    }

    @CommandHandler
    void handle(RenewAdminKey command, @InjectEntity State state, EventAppender events) {
        events.append(decide(command, state));
    }

    static List<GatewayEvent> decide(RenewAdminKey command, State state) {
        if (state.hashes.contains(command.hash())) {
            return List.of();
        }
        if (state.letsIn) {
            return List.of(new ApiKeyRotated(command.keyId(), command.hash(), command.organization()));
        }
        return List.of(new ApiKeyCreated(
                command.keyId(),
                command.organization(),
                Role.PLATFORM_ADMIN,
                null,
                "Platform admin",
                command.hash(),
                null));
    }

    @EventSourcedEntity(tagKey = GatewayConfiguration.KEY)
    static class State {
        final Set<String> hashes = new HashSet<>();
        boolean letsIn;

        @EntityCreator
        State() {}

        @EventSourcingHandler
        void evolve(ApiKeyCreated event) {
            hashes.add(event.hash());
            letsIn = true;
        }

        @EventSourcingHandler
        void evolve(ApiKeyRotated event) {
            hashes.add(event.hash());
        }

        @EventSourcingHandler
        void evolve(ApiKeyRevoked event) {
            letsIn = false;
        }
    }
}
