package dev.centime.gateway.event;

import dev.centime.contracts.StoredAs;
import java.time.Instant;

/**
 * A platform admin began to read another organization. Stored in that organization, for its administrators to see.
 *
 * @param organization which one; {@code *} for all, stored in the platform's
 * @param from reads within a quarter of an hour from here are one event
 */
@StoredAs(name = "organization-read")
public record OrganizationRead(String keyId, String organization, Instant from) implements GatewayEvent {}
