package dev.centime.gateway.door;

import dev.centime.contracts.Organization;
import dev.centime.contracts.OrganizationChanged;
import dev.centime.contracts.OrganizationCreated;
import dev.centime.gateway.event.ApiKeyCreated;
import dev.centime.gateway.event.ApiKeyRevoked;
import dev.centime.gateway.event.ApiKeyRotated;
import dev.centime.gateway.event.GatewayEvent;
import dev.centime.gateway.event.OrganizationRead;
import dev.centime.gateway.event.SessionClosed;
import dev.centime.gateway.event.SessionOpened;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Who may come in: the fold of all key, session and organization events, in memory. Written by one thread, read by all. */
final class AccessIndex {
    private final Map<String, ApiKey> keys = new ConcurrentHashMap<>();
    private final Map<String, String> keyIdsByHash = new ConcurrentHashMap<>();
    private final Map<String, SessionOpened> sessions = new ConcurrentHashMap<>();
    private final Map<String, Tenant> organizations = new ConcurrentHashMap<>();

    /** @param event an event of the gateway or an organization's */
    void apply(Object event, Instant at) {
        switch (event) {
            case OrganizationCreated created -> put(created.organization());
            case OrganizationChanged changed -> put(changed.organization());
            case GatewayEvent own -> applyOwn(own, at);
            default -> throw new IllegalStateException("not asked for: " + event);
        }
    }

    private void put(Organization organization) {
        organizations.merge(
                organization.id(),
                new Tenant(organization, 1),
                (before, now) -> new Tenant(organization, before.revision() + 1));
    }

    private void applyOwn(GatewayEvent event, Instant at) {
        switch (event) {
            case ApiKeyCreated created ->
                put(new ApiKey(
                        created.keyId(),
                        created.organization(),
                        created.role(),
                        created.subject(),
                        created.name(),
                        created.hash(),
                        created.expiresAt(),
                        at));
            case ApiKeyRotated rotated -> {
                var key = keys.get(rotated.keyId());
                if (key != null) {
                    keyIdsByHash.remove(key.hash());
                    put(key.withHash(rotated.hash()));
                    closeSessionsOf(key.id());
                }
            }
            case ApiKeyRevoked revoked -> {
                var key = keys.remove(revoked.keyId());
                if (key != null) {
                    keyIdsByHash.remove(key.hash());
                    closeSessionsOf(key.id());
                }
            }
            case SessionOpened opened -> {
                forgetExpired(at);
                if (keys.containsKey(opened.keyId())) {
                    sessions.put(opened.hash(), opened);
                }
            }
            case SessionClosed closed -> sessions.remove(closed.hash());
            case OrganizationRead _ -> {}
        }
    }

    private void put(ApiKey key) {
        keys.put(key.id(), key);
        keyIdsByHash.put(key.hash(), key.id());
    }

    private void closeSessionsOf(String keyId) {
        sessions.values().removeIf(session -> session.keyId().equals(keyId));
    }

    private void forgetExpired(Instant now) {
        sessions.values().removeIf(session -> !now.isBefore(session.expiresAt()));
    }

    Optional<ApiKey> byId(String id) {
        return Optional.ofNullable(keys.get(id));
    }

    /** The key that a secret opens now. */
    Optional<ApiKey> byHash(String hash, Instant now) {
        return Optional.ofNullable(keyIdsByHash.get(hash)).flatMap(this::byId).filter(key -> key.letsIn(now));
    }

    /** The key that a session was opened with, while both hold. */
    Optional<ApiKey> bySession(String hash, Instant now) {
        return Optional.ofNullable(sessions.get(hash))
                .filter(session -> now.isBefore(session.expiresAt()))
                .flatMap(session -> byId(session.keyId()))
                .filter(key -> key.letsIn(now));
    }

    Optional<Tenant> organization(String id) {
        return Optional.ofNullable(organizations.get(id));
    }

    Collection<Tenant> organizations() {
        return List.copyOf(organizations.values());
    }

    Collection<ApiKey> keys() {
        return List.copyOf(keys.values());
    }
}
