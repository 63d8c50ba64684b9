package dev.centime.contracts;

/** A tenant exists from now on. Stored in the platform's organization. */
@StoredAs(name = "organization-created")
public record OrganizationCreated(Organization organization) {}
