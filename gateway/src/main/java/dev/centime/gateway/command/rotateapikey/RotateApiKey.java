package dev.centime.gateway.command.rotateapikey;

import org.axonframework.modelling.annotation.TargetEntityId;

/** A key gets another secret. @param hash of the new one */
public record RotateApiKey(@TargetEntityId String keyId, String hash) {}
