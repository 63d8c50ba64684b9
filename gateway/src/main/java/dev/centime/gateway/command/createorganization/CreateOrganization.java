package dev.centime.gateway.command.createorganization;

import dev.centime.contracts.Organization;
import org.axonframework.modelling.annotation.TargetEntityId;

/** A tenant is founded. */
public record CreateOrganization(@TargetEntityId String id, Organization organization) {}
