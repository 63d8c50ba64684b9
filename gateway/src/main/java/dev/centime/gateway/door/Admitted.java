package dev.centime.gateway.door;

import dev.centime.kit.Caller;
import org.jspecify.annotations.Nullable;

/**
 * Who was let in.
 *
 * @param key by which
 * @param caller as the services see it, for the organization of this request
 * @param csrfToken that goes with the session; null when the key itself came
 */
public record Admitted(ApiKey key, Caller caller, @Nullable String csrfToken) {}
