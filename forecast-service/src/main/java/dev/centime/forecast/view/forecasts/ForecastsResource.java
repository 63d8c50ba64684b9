package dev.centime.forecast.view.forecasts;

import dev.centime.forecast.event.Forecast;
import dev.centime.forecast.event.ForecastMade;
import dev.centime.kit.Caller;
import dev.centime.kit.CurrentCaller;
import dev.centime.kit.Page;
import dev.centime.kit.PlaceInTime;
import dev.centime.kit.Problem;
import dev.centime.kit.Query;
import dev.centime.kit.Role;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** {@code GET /costs/forecast/{id}} and {@code GET /costs/forecasts}. */
@Path("/api/v1/costs")
@Tag(name = "Forecasts")
@RolesAllowed({Role.Names.USER, Role.Names.ORG_ADMIN, Role.Names.PLATFORM_ADMIN})
public class ForecastsResource {
    private final CurrentCaller current;
    private final Query query;
    private final KeptForecasts kept;
    private final NamedScopes scopes;

    ForecastsResource(CurrentCaller current, Query query, KeptForecasts kept, NamedScopes scopes) {
        this.current = current;
        this.query = query;
        this.kept = kept;
        this.scopes = scopes;
    }

    @GET
    @Path("/forecast/{forecast_id}")
    @Operation(summary = "A forecast that was made, as it was made")
    @APIResponse(responseCode = "404", description = "There is none, or it is not the caller's to see")
    public Uni<Forecast> one(@org.jboss.resteasy.reactive.RestPath("forecast_id") String forecastId) {
        var caller = current.get();
        return kept.find(caller, forecastId)
                .map(found -> found.orElseThrow(() -> Problem.notFound("forecast " + forecastId)))
                .chain(made -> scopes.of(caller.oneOrganization(), List.of(made)))
                .map(List::getFirst);
    }

    @GET
    @Path("/forecasts")
    @Operation(
            summary = "The forecasts that were made, newest first",
            description = "Over all organizations, those about single persons are left out.")
    public Uni<Page<Forecast>> newest() {
        var caller = current.get();
        int limit = query.limit();
        // One more than asked for tells whether there is a next page.
        return kept.newest(caller, query.cursor(caller, PlaceInTime::of).orElse(null), limit + 1)
                .chain(made -> page(caller, made, limit));
    }

    private Uni<Page<Forecast>> page(Caller caller, List<ForecastMade> made, int limit) {
        var page = query.page(caller, made, limit, ForecastsResource::place);
        return scopes.of(caller.organization(), page.items()).map(page::showing);
    }

    private static List<String> place(ForecastMade made) {
        return new PlaceInTime(made.forecast().generatedAt(), made.forecast().forecastId()).keys();
    }
}
