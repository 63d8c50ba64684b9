package dev.centime.gateway.door;

import dev.centime.kit.Role;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A key as the log has it.
 *
 * @param hash of the secret that lets in now
 * @param subject the person whose key it is, null for a program's
 */
public record ApiKey(
        String id,
        String organization,
        Role role,
        @Nullable String subject,
        String name,
        String hash,
        @Nullable Instant expiresAt,
        Instant createdAt) {

    boolean letsIn(Instant now) {
        return expiresAt == null || now.isBefore(expiresAt);
    }

    ApiKey withHash(String newHash) {
        return new ApiKey(id, organization, role, subject, name, newHash, expiresAt, createdAt);
    }
}
