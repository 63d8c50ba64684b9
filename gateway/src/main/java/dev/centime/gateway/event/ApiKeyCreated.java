package dev.centime.gateway.event;

import dev.centime.contracts.StoredAs;
import dev.centime.kit.Role;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A key exists from now on. Stored in the platform's organization.
 *
 * @param organization whose it is
 * @param subject the person whose key it is, null for a program's
 * @param name for people
 * @param hash SHA-256 of the key in hex; the key itself is never stored
 * @param expiresAt from when it lets nobody in, null for never
 */
@StoredAs(name = "api-key-created")
public record ApiKeyCreated(
        String keyId,
        String organization,
        Role role,
        @Nullable String subject,
        String name,
        String hash,
        @Nullable Instant expiresAt)
        implements GatewayEvent {}
