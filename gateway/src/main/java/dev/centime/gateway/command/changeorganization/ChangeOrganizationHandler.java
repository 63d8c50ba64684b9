package dev.centime.gateway.command.changeorganization;

import dev.centime.contracts.Organization;
import dev.centime.contracts.OrganizationChanged;
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
import org.jspecify.annotations.Nullable;

/** A change holds for the version that its sender saw, and says nothing where nothing changes. */
public class ChangeOrganizationHandler {
    public static EventSourcingConfigurer configure(EventSourcingConfigurer configurer) {
        return configurer
                .registerEntity(EventSourcedEntityModule.autodetected(String.class, State.class))
                .registerCommandHandlingModule(CommandHandlingModule.named("change-organization")
                        .commandHandlers()
                        .annotatedCommandHandlingComponent(config -> new ChangeOrganizationHandler()));
    }

    @CommandHandler
    void handle(ChangeOrganization command, @InjectEntity State state, EventAppender events) {
        events.append(decide(command, state));
    }

    static List<OrganizationChanged> decide(ChangeOrganization command, State state) {
        var now = state.organization;
        if (now == null) {
            throw new AccessRefusal.NotThere("organization " + command.id());
        }
        if (command.seen().isPresent() && command.seen().get() != state.revision) {
            throw new AccessRefusal.Stale(state.revision);
        }
        var changed = new Organization(
                now.id(),
                command.name().orElse(now.name()),
                command.timeZone().orElse(now.timeZone()),
                command.weekStartsOn().orElse(now.weekStartsOn()),
                command.fiscalYearStart().orElse(now.fiscalYearStart()),
                command.individualDetail().orElse(now.individualDetail()),
                command.detailRetentionDays().orElse(now.detailRetentionDays()));
        return changed.equals(now) ? List.of() : List.of(new OrganizationChanged(changed));
    }

    @EventSourcedEntity(tagKey = GatewayConfiguration.ORGANIZATION)
    static class State {
        @Nullable
        Organization organization;

        long revision;

        @EntityCreator
        State() {}

        @EventSourcingHandler
        void evolve(OrganizationCreated event) {
            organization = event.organization();
            revision++;
        }

        @EventSourcingHandler
        void evolve(OrganizationChanged event) {
            organization = event.organization();
            revision++;
        }
    }
}
