package dev.centime.forecast.view.burnrate;

import dev.centime.forecast.spend.DailySpend;
import dev.centime.forecast.spend.Endless;
import dev.centime.kit.CurrentCaller;
import dev.centime.kit.Filters;
import dev.centime.kit.Organizations;
import dev.centime.kit.Period;
import dev.centime.kit.Problem;
import dev.centime.kit.Query;
import dev.centime.kit.Role;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import java.time.Clock;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** {@code GET /costs/burn-rate}. */
@Path("/api/v1/costs/burn-rate")
@Tag(name = "Forecasts")
public class BurnRateResource {
    private final CurrentCaller current;
    private final Query query;
    private final Organizations organizations;
    private final Filters filters;
    private final DailySpend spend;
    private final Clock clock;

    BurnRateResource(
            CurrentCaller current,
            Query query,
            Organizations organizations,
            Filters filters,
            DailySpend spend,
            Clock clock) {
        this.current = current;
        this.query = query;
        this.organizations = organizations;
        this.filters = filters;
        this.spend = spend;
        this.clock = clock;
    }

    @GET
    @RolesAllowed({Role.Names.USER, Role.Names.ORG_ADMIN, Role.Names.PLATFORM_ADMIN})
    @Operation(
            summary = "How fast money goes",
            description = "Takes the filters of every read of cost, save session and run. A user's key reads its own.")
    public Uni<BurnRate> burnRate() {
        var caller = current.get();
        var organization = organizations.readBy(caller);
        var zone = organization.timeZone();
        var now = clock.instant();
        var period = Period.lastDays(BurnRate.DAYS, now.atZone(zone).toLocalDate(), zone);
        return filters.of(query, caller)
                .invoke(scope -> Endless.check(scope, dimension -> Problem.badRequest(dimension, Endless.REASON)))
                .chain(scope -> spend.of(caller, scope, period))
                .map(days -> BurnRate.of(days, now, zone));
    }
}
