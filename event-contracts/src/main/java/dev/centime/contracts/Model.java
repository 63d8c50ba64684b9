package dev.centime.contracts;

import org.jspecify.annotations.Nullable;

/**
 * The model that answered, and on what terms.
 *
 * @param provider such as {@code anthropic}; null when neither the caller nor the catalogue says
 * @param name as the caller named it
 * @param serviceTier standard, batch, priority or flex; null is standard
 * @param region where a provider prices by region
 */
public record Model(
        @Nullable String provider,
        String name,
        @Nullable String serviceTier,
        @Nullable String region) {}
