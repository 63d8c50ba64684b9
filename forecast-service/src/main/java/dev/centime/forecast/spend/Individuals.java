package dev.centime.forecast.spend;

import dev.centime.contracts.Organization;
import dev.centime.contracts.Scope;
import dev.centime.kit.Caller;
import dev.centime.kit.Problem;
import dev.centime.kit.Role;

/** Whether a caller may see what single persons spend. */
public final class Individuals {
    private Individuals() {}

    /** An organization may keep it from its administrators. */
    public static boolean hidden(Caller caller, Organization organization) {
        return caller.role() == Role.ORG_ADMIN && !organization.individualDetail();
    }

    /** @throws Problem 403 when a scope would show what one person did to someone who may not see it */
    public static void check(Caller caller, Organization organization, Scope scope) {
        if (hidden(caller, organization) && scope.filters().containsKey("user")) {
            throw Problem.forbidden("this organization does not show what individuals did");
        }
    }
}
