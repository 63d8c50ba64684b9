package dev.centime.gateway.event;

import dev.centime.contracts.StoredAs;
import org.jspecify.annotations.Nullable;

/** A key lets nobody in any more, for ever. @param organization whose it was; null in events from before this was said */
@StoredAs(name = "api-key-revoked")
public record ApiKeyRevoked(String keyId, @Nullable String organization) implements GatewayEvent {}
