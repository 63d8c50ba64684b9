package dev.centime.contracts;

/** A tenant's settings are now these. Stored in the platform's organization. */
@StoredAs(name = "organization-changed")
public record OrganizationChanged(Organization organization) {}
