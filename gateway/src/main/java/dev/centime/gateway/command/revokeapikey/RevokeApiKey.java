package dev.centime.gateway.command.revokeapikey;

import org.axonframework.modelling.annotation.TargetEntityId;

/** A key shall let nobody in any more. */
public record RevokeApiKey(@TargetEntityId String keyId) {}
