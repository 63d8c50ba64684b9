package dev.centime.gateway.event;

import dev.centime.contracts.StoredAs;

/**
 * A key has another secret; the one before lets nobody in any more.
 *
 * @param hash SHA-256 of the new secret in hex
 */
@StoredAs(name = "api-key-rotated")
public record ApiKeyRotated(String keyId, String hash) implements GatewayEvent {}
