package dev.centime.gateway.command.renewadminkey;

import dev.centime.contracts.Contracts;
import dev.centime.contracts.Organization;
import dev.centime.contracts.OrganizationCreated;
import dev.centime.eventstore.axon.Commands;
import dev.centime.eventstore.axon.Commands.Sender;
import dev.centime.eventstore.log.EventLog;
import dev.centime.eventstore.log.EventTypes;
import dev.centime.eventstore.log.Tag;
import dev.centime.gateway.GatewayConfiguration;
import dev.centime.gateway.GatewaySettings;
import dev.centime.gateway.door.Access;
import dev.centime.gateway.door.Doorkeeper;
import dev.centime.gateway.door.Secret;
import dev.centime.kit.Begins;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jboss.logging.Logger;

/** What must be there before anybody can come in: the default organization and the platform admin's key. */
@ApplicationScoped
public class WhenStarted implements Begins {
    private static final Logger LOG = Logger.getLogger(WhenStarted.class);
    private static final String ACTOR = "operator";
    private static final String ADMIN_KEY_ID = "platform-admin";
    private static final int SHORT = 20;

    private final GatewaySettings settings;
    private final Commands commands;
    private final EventLog log;
    private final EventTypes types;
    private final Access access;
    private final Clock clock;

    WhenStarted(
            GatewaySettings settings, Commands commands, EventLog log, EventTypes types, Access access, Clock clock) {
        this.settings = settings;
        this.commands = commands;
        this.log = log;
        this.types = types;
        this.access = access;
        this.clock = clock;
    }

    @Override
    public Uni<Void> begin() {
        return createDefaultOrganization().chain(this::renewAdminKey).chain(access::follow);
    }

    @Override
    public void end() {
        access.stop();
    }

    /** A fact with an id of its own: however many replicas start at once, it is recorded once. */
    private Uni<Void> createDefaultOrganization() {
        var organization = Organization.named(Doorkeeper.DEFAULT_ORGANIZATION, "Default");
        var event = types.encode(
                "organization-created:" + organization.id(),
                clock.instant(),
                new OrganizationCreated(organization),
                Map.of("actor", ACTOR),
                Set.of(new Tag(GatewayConfiguration.ORGANIZATION, organization.id())));
        return log.append(Contracts.PLATFORM, List.of(event)).replaceWithVoid();
    }

    private Uni<Void> renewAdminKey() {
        return settings.adminKey()
                .map(key -> {
                    if (key.length() < SHORT) {
                        LOG.warn("CENTIME_ADMIN_KEY is short enough to be guessed");
                    }
                    var renew = new RenewAdminKey(ADMIN_KEY_ID, Doorkeeper.DEFAULT_ORGANIZATION, Secret.hash(key));
                    return commands.send(new Sender(Contracts.PLATFORM, ACTOR), renew)
                            .replaceWithVoid();
                })
                .orElseGet(() -> {
                    LOG.info("no CENTIME_ADMIN_KEY is set: the keys that are there let in");
                    return Uni.createFrom().voidItem();
                });
    }
}
