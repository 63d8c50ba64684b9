package dev.centime.ingest.view.costs.question;

import dev.centime.contracts.Organization;
import dev.centime.kit.Caller;
import dev.centime.kit.Period;
import dev.centime.kit.Problem;
import dev.centime.kit.Role;

/**
 * What a caller asks, and within what he may see.
 *
 * @param organization its calendar; of UTC when the question is over all organizations
 * @param question about the whole period
 */
public record AskedCosts(Caller caller, Organization organization, Period period, CostQuestion question) {

    /** Whether what single persons did is kept from this caller. */
    public boolean individualsHidden() {
        return caller.role() == Role.ORG_ADMIN && !organization.individualDetail();
    }

    /** @throws Problem 403 when a filter would show what one person did to someone who may not see it */
    AskedCosts checked() {
        if (individualsHidden()
                && question.scope().filters().keySet().stream()
                        .flatMap(name -> Dimension.named(name).stream())
                        .anyMatch(Dimension::individual)) {
            throw Problem.forbidden("this organization does not show what individuals did");
        }
        return this;
    }

    public AskedCosts during(Period other) {
        return new AskedCosts(caller, organization, other, question.during(other.from(), other.until()));
    }
}
