package dev.centime.ingest.view.costs.question;

import dev.centime.contracts.Organization;
import dev.centime.kit.Caller;
import dev.centime.kit.Period;
import dev.centime.kit.Problem;
import dev.centime.kit.Role;
import java.util.List;

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

    /**
     * @param parameter by which the request names the dimension
     * @throws Problem 400 or 403 when this caller's figures cannot be told apart by it
     */
    public void checkFor(Dimension dimension, String parameter) {
        var all = caller.allOrganizations();
        if (dimension.name().equals("organization") && !all) {
            throw Problem.badRequest(parameter, "can be organization only over all organizations (X-Organization: *)");
        }
        if (dimension.individual() && all) {
            throw Problem.badRequest(parameter, "can be " + dimension.name() + " only within one organization");
        }
        if (dimension.name().equals("call") && individualsHidden()) {
            throw Problem.forbidden("this organization does not show what individuals did");
        }
    }

    /** Whether all that is told by a dimension is one row without a name: what single persons did, where that is not shown. */
    public boolean oneRow(Dimension dimension) {
        return dimension.individual() && individualsHidden();
    }

    /** The same for some figures alone. @param measures columns of {@link dev.centime.ingest.view.Measures#ALL} */
    public AskedCosts asking(List<String> measures) {
        return new AskedCosts(caller, organization, period, question.asking(measures));
    }

    public AskedCosts during(Period other) {
        return new AskedCosts(caller, organization, other, question.during(other.from(), other.until()));
    }
}
