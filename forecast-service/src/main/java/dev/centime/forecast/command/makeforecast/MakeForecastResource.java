package dev.centime.forecast.command.makeforecast;

import dev.centime.forecast.event.Forecast;
import dev.centime.kit.CurrentCaller;
import dev.centime.kit.Organizations;
import dev.centime.kit.Role;
import dev.centime.kit.Written;
import dev.centime.kit.idempotency.IdempotencyKey;
import dev.centime.kit.idempotency.Idempotent;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestResponse;
import org.jspecify.annotations.Nullable;

/** {@code POST /costs/forecast}. */
@Path("/api/v1/costs")
@Tag(name = "Forecasts")
public class MakeForecastResource {
    private final CurrentCaller current;
    private final Organizations organizations;
    private final IdempotencyKey key;
    private final MakeForecast forecasts;

    MakeForecastResource(
            CurrentCaller current, Organizations organizations, IdempotencyKey key, MakeForecast forecasts) {
        this.current = current;
        this.organizations = organizations;
        this.key = key;
        this.forecasts = forecasts;
    }

    @POST
    @Path("/forecast")
    @Idempotent
    @RolesAllowed({Role.Names.USER, Role.Names.ORG_ADMIN, Role.Names.PLATFORM_ADMIN})
    @Operation(
            summary = "What will be spent",
            description =
                    "From the days up to yesterday, in the organization's time zone. A user's key forecasts its own spend.")
    @APIResponse(responseCode = "200", description = "The forecast, kept to be scored when its days have come")
    public Uni<RestResponse<Forecast>> make(@Valid @Nullable ForecastRequest body) {
        var caller = current.get();
        var request = body == null ? ForecastRequest.DEFAULT : body;
        request.check();
        return forecasts
                .make(caller, organizations.of(caller), request, key.id(caller, "forecast"))
                .map(made -> Written.recorded(
                        request.withBounds() ? made.forecast() : made.forecast().withoutBounds(), made.position()));
    }
}
