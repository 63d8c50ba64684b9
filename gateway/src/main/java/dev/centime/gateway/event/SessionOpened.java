package dev.centime.gateway.event;

import dev.centime.contracts.StoredAs;
import java.time.Instant;

/**
 * Somebody signed in with a key.
 *
 * @param hash SHA-256 of the session's secret in hex; the cookie holds the secret, the log never does
 */
@StoredAs(name = "session-opened")
public record SessionOpened(String hash, String keyId, Instant expiresAt) implements GatewayEvent {}
