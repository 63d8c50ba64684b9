package dev.centime.kit;

import dev.centime.contracts.Organization;
import dev.centime.contracts.Scope;
import java.util.Set;

/**
 * Whether a caller may see what single persons did: an organization may keep it from its administrators
 * ({@code individual_detail}). The rule stands here once; {@link Filters} heeds it for every read that takes filters.
 */
public final class Individuals {
    /** What tells the calls of one person from those of others: a session is somebody's. */
    public static final Set<String> DIMENSIONS = Set.of("user", "session");

    private Individuals() {}

    public static boolean hidden(Caller caller, Organization organization) {
        return caller.role() == Role.ORG_ADMIN && !organization.individualDetail();
    }

    /** Whether what a scope covers is what single persons did. */
    public static boolean in(Scope scope) {
        return scope.filters().keySet().stream().anyMatch(DIMENSIONS::contains);
    }

    /** @throws Problem 403 when they are hidden from the caller */
    public static void check(Caller caller, Organization organization) {
        if (hidden(caller, organization)) {
            throw notShown();
        }
    }

    /** @throws Problem 403 when a scope would show them to a caller from whom they are hidden */
    public static void check(Caller caller, Organization organization, Scope scope) {
        if (in(scope)) {
            check(caller, organization);
        }
    }

    /** The refusal. */
    public static Problem notShown() {
        return Problem.forbidden("this organization does not show what individuals did");
    }
}
