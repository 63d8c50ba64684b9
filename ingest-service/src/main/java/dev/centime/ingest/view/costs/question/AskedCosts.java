package dev.centime.ingest.view.costs.question;

import dev.centime.contracts.Organization;
import dev.centime.ingest.view.GoneDays;
import dev.centime.kit.Caller;
import dev.centime.kit.Individuals;
import dev.centime.kit.Period;
import dev.centime.kit.Problem;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a caller asks, and within what he may see.
 *
 * @param organization its calendar; of UTC when the question is over all organizations
 * @param before the period that it is set beside, where it is
 * @param question about the whole period
 */
public record AskedCosts(
        Caller caller, Organization organization, Period period, EarlierPeriod before, CostQuestion question) {

    /** Whether what single persons did is kept from this caller. */
    public boolean individualsHidden() {
        return Individuals.hidden(caller, organization);
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
        if (dimension.name().equals("call")) {
            Individuals.check(caller, organization);
        }
    }

    /** Whether all that is told by a dimension is one row without a name: what single persons did, where that is not shown. */
    public boolean oneRow(Dimension dimension) {
        return dimension.individual() && individualsHidden();
    }

    /**
     * The same, set beside as much of the period before as can be told.
     *
     * @param groupedBy the dimension that it is told by, null for none
     */
    public Uni<AskedCosts> comparable(SqlConnection connection, @Nullable Dimension groupedBy) {
        return expired(connection, groupedBy, before.period().from(), before.until())
                .map(gone -> new AskedCosts(caller, organization, period, before.told(gone), question));
    }

    /** The days that can only be told whole, since their calls are gone; none where sums know their hours. */
    public Uni<GoneDays> expired(SqlConnection connection, @Nullable Dimension groupedBy, Instant from, Instant until) {
        return CostRows.byDay(question, groupedBy)
                ? GoneDays.of(connection, question.partition(), question.organization(), from, until, null)
                : Uni.createFrom().item(GoneDays.none());
    }

    /** The same for some figures alone. @param measures columns of {@link dev.centime.ingest.view.Measures#ALL} */
    public AskedCosts asking(List<String> measures) {
        return new AskedCosts(caller, organization, period, before, question.asking(measures));
    }
}
