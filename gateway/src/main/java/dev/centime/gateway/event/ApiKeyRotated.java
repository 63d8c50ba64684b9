package dev.centime.gateway.event;

import dev.centime.contracts.StoredAs;
import org.jspecify.annotations.Nullable;

/**
 * A key has another secret; the one before lets nobody in any more.
 *
 * @param organization whose it is; null in events from before this was said
 * @param hash SHA-256 of the new secret in hex
 */
@StoredAs(name = "api-key-rotated")
public record ApiKeyRotated(
        String keyId, String hash, @Nullable String organization) implements GatewayEvent {}
