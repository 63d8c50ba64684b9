package dev.centime.gateway.door;

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

/** Who may come in: the fold of all key and session events, in memory. Written by one thread, read by all. */
final class AccessIndex {
    private final Map<String, ApiKey> keys = new ConcurrentHashMap<>();
    private final Map<String, String> keyIdsByHash = new ConcurrentHashMap<>();
    private final Map<String, SessionOpened> sessions = new ConcurrentHashMap<>();

    void apply(GatewayEvent event, Instant at) {
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

    Collection<ApiKey> all() {
        return List.copyOf(keys.values());
    }
}
