package dev.centime.kit;

import org.jspecify.annotations.Nullable;

/**
 * Who calls, as the gateway's signed token says. In a resource: {@code @Inject CurrentCaller}.
 *
 * @param id of the key or account; what events name as their actor
 * @param organization the tenant of this call; {@code *} when a platform admin reads over all
 * @param user the name of the person whose key it is; null for keys of programs. Never stored: see Subjects
 * @param origin where this request came from
 */
public record Caller(
        String id, Role role, String organization, @Nullable String user, Origin origin) {
    public static final String ALL_ORGANIZATIONS = "*";

    /** Whoever it is, wherever from. */
    public Caller(String id, Role role, String organization, @Nullable String user) {
        this(id, role, organization, user, Origin.NONE);
    }

    Caller from(Origin where) {
        return new Caller(id, role, organization, user, where);
    }

    public boolean allOrganizations() {
        return organization.equals(ALL_ORGANIZATIONS);
    }

    /** Whether this caller sees only what is his own. */
    public boolean ownOnly() {
        return role == Role.USER;
    }

    /** The one organization of the call. @throws Problem 400 when the call is over all of them */
    public String oneOrganization() {
        if (allOrganizations()) {
            throw Problem.badRequest("X-Organization", "must name one organization here, not *");
        }
        return organization;
    }
}
