package dev.centime.gateway.event;

import dev.centime.contracts.StoredAs;

/** Somebody signed out. */
@StoredAs(name = "session-closed")
public record SessionClosed(String hash) implements GatewayEvent {}
