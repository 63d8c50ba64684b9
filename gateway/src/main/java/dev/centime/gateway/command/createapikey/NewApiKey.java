package dev.centime.gateway.command.createapikey;

import dev.centime.kit.Role;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What the caller asks for.
 *
 * @param organizationId the caller's own when left out
 * @param user the person's name, required for and only for keys of people
 */
public record NewApiKey(
        @Nullable @Size(max = 64) String organizationId,
        @NotNull Role role,
        @Nullable @Size(min = 1, max = 200) String user,
        @NotBlank @Size(max = 200) String name,
        @Nullable Instant expiresAt) {}
