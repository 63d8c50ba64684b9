package dev.centime.gateway.command.createapikey;

import dev.centime.kit.Role;
import java.time.Instant;
import org.axonframework.modelling.annotation.TargetEntityId;
import org.jspecify.annotations.Nullable;

/**
 * Somebody or some program gets a key.
 *
 * @param subject the person whose key it is, null for a program's
 * @param hash of the secret
 */
public record CreateApiKey(
        @TargetEntityId String keyId,
        String organization,
        Role role,
        @Nullable String subject,
        String name,
        String hash,
        @Nullable Instant expiresAt) {}
