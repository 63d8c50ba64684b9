package dev.centime.gateway.event;

import dev.centime.contracts.StoredAs;

/** A key lets nobody in any more, for ever. */
@StoredAs(name = "api-key-revoked")
public record ApiKeyRevoked(String keyId) implements GatewayEvent {}
