package dev.centime.gateway.door;

import dev.centime.contracts.Organization;

/**
 * An organization as the log has it.
 *
 * @param revision how many events made it so; its ETag
 */
public record Tenant(Organization organization, long revision) {}
