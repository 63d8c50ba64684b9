package dev.centime.gateway.view.apikeys;

import dev.centime.kit.Role;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A key as administrators see it: never its secret.
 *
 * @param user the person's name, null for a program's key and once the person is erased
 */
public record ShownApiKey(
        String id,
        String organizationId,
        Role role,
        @Nullable String user,
        String name,
        @Nullable Instant expiresAt,
        Instant createdAt) {}
