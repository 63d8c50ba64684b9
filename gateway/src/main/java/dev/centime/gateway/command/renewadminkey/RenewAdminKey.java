package dev.centime.gateway.command.renewadminkey;

import org.axonframework.modelling.annotation.TargetEntityId;

/**
 * The operator has set the platform admin's key.
 *
 * @param organization that the key belongs to
 * @param hash of what he set
 */
public record RenewAdminKey(@TargetEntityId String keyId, String organization, String hash) {}
