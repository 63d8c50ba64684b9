package dev.centime.gateway;

import dev.centime.contracts.Contracts;
import dev.centime.contracts.Organization;
import dev.centime.contracts.OrganizationChanged;
import dev.centime.contracts.OrganizationCreated;
import dev.centime.contracts.PersonErased;
import dev.centime.contracts.StoredAs;
import dev.centime.eventstore.axon.CentimeAxon;
import dev.centime.eventstore.axon.CentimeEventStorageEngine;
import dev.centime.eventstore.axon.Commands;
import dev.centime.eventstore.axon.EventTags;
import dev.centime.eventstore.log.About;
import dev.centime.eventstore.log.EventLog;
import dev.centime.eventstore.log.EventTypes;
import dev.centime.gateway.command.changeorganization.ChangeOrganizationHandler;
import dev.centime.gateway.command.createapikey.CreateApiKeyHandler;
import dev.centime.gateway.command.createorganization.CreateOrganizationHandler;
import dev.centime.gateway.command.renewadminkey.RenewAdminKeyHandler;
import dev.centime.gateway.command.revokeapikey.RevokeApiKeyHandler;
import dev.centime.gateway.command.rotateapikey.RotateApiKeyHandler;
import dev.centime.gateway.event.ApiKeyCreated;
import dev.centime.gateway.event.ApiKeyRevoked;
import dev.centime.gateway.event.ApiKeyRotated;
import dev.centime.gateway.event.GatewayEvent;
import dev.centime.gateway.event.OrganizationRead;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import org.axonframework.eventsourcing.configuration.EventSourcingConfigurer;
import org.jspecify.annotations.Nullable;

/** What the gateway decides, composed: its events, the tags they are found by, and the slices that handle commands. */
public class GatewayConfiguration {
    /** Tags of the entities that are decided on. */
    public static final String KEY = "api-key";

    public static final String ORGANIZATION = "organization";

    @Produces
    @Singleton
    public static EventTypes types() {
        var events = new ArrayList<Class<?>>(Contracts.EVENTS);
        events.addAll(GatewayEvent.all());
        var types = EventTypes.with(Contracts.mapper());
        for (var event : events) {
            var stored = event.getAnnotation(StoredAs.class);
            types.add(event, stored.name(), stored.version());
        }
        types.about(ApiKeyCreated.class, created -> key(created.keyId(), created.organization()))
                .about(ApiKeyRotated.class, rotated -> key(rotated.keyId(), rotated.organization()))
                .about(ApiKeyRevoked.class, revoked -> key(revoked.keyId(), revoked.organization()))
                .about(OrganizationCreated.class, created -> organization(created.organization()))
                .about(OrganizationChanged.class, changed -> organization(changed.organization()))
                .about(OrganizationRead.class, read -> new About("organization/" + read.organization()))
                .about(
                        PersonErased.class,
                        erased -> new About("person/" + erased.subjects().getFirst()));
        return types.build();
    }

    /** Keys and organizations are stored with the platform, and are the business of the organization that they belong to. */
    private static About key(String id, @Nullable String organization) {
        return new About("key/" + id, organization);
    }

    private static About organization(Organization organization) {
        return new About("organization/" + organization.id(), organization.id());
    }

    public static EventTags tags() {
        return EventTags.builder()
                .tag(ApiKeyCreated.class, KEY, ApiKeyCreated::keyId)
                .tag(ApiKeyRotated.class, KEY, ApiKeyRotated::keyId)
                .tag(ApiKeyRevoked.class, KEY, ApiKeyRevoked::keyId)
                .tag(OrganizationCreated.class, ORGANIZATION, created -> created.organization()
                        .id())
                .tag(OrganizationChanged.class, ORGANIZATION, changed -> changed.organization()
                        .id())
                .build();
    }

    /** Every slice that decides. */
    public static EventSourcingConfigurer slices(EventSourcingConfigurer configurer) {
        CreateOrganizationHandler.configure(configurer);
        ChangeOrganizationHandler.configure(configurer);
        CreateApiKeyHandler.configure(configurer);
        RotateApiKeyHandler.configure(configurer);
        RevokeApiKeyHandler.configure(configurer);
        RenewAdminKeyHandler.configure(configurer);
        return configurer;
    }

    @Produces
    @Singleton
    Commands commands(EventLog log, EventTypes types) {
        var engine = new CentimeEventStorageEngine(log, types);
        return Commands.start(slices(CentimeAxon.configurer(engine, types, tags())), engine);
    }

    void close(@Disposes Commands commands) {
        commands.close();
    }
}
