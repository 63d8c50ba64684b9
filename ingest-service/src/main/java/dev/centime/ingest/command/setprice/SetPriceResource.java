package dev.centime.ingest.command.setprice;

import dev.centime.ingest.ModelPrice;
import dev.centime.kit.CurrentCaller;
import dev.centime.kit.Headers;
import dev.centime.kit.Problem;
import dev.centime.kit.Role;
import dev.centime.kit.idempotency.IdempotencyKey;
import dev.centime.kit.idempotency.Idempotent;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import java.time.Clock;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestResponse;
import org.jspecify.annotations.Nullable;

/** {@code POST /pricing/models}. */
@Path("/api/v1/pricing/models")
@Tag(name = "Pricing")
public class SetPriceResource {
    private final CurrentCaller current;
    private final IdempotencyKey key;
    private final SetPriceHandler handler;
    private final Clock clock;

    SetPriceResource(CurrentCaller current, IdempotencyKey key, SetPriceHandler handler, Clock clock) {
        this.current = current;
        this.key = key;
        this.handler = handler;
        this.clock = clock;
    }

    @POST
    @Idempotent
    @RolesAllowed(Role.Names.PLATFORM_ADMIN)
    @Operation(
            summary = "Set a price",
            description =
                    "Of the catalogue, or with X-Organization a contract of that organization: prices of its own, or a discount_percent"
                            + " off the catalogue's. The same model and date again is a new version, and the old one is kept. Calls"
                            + " that had no price get it by themselves; calls that had one keep it, and the answer offers to price"
                            + " them again.")
    @APIResponse(responseCode = "201", description = "The price as it holds")
    @APIResponse(responseCode = "403", description = "Not a platform admin")
    @APIResponse(responseCode = "422", description = "A field cannot be accepted")
    public Uni<RestResponse<ModelPrice>> set(
            ModelPrice price, @HeaderParam(Headers.ORGANIZATION) @Nullable String header) {
        //noinspection ConstantValue: an empty body is null
        if (price == null) {
            throw Problem.badRequest("body", "must be a price");
        }
        var caller = current.get();
        var organization = header == null || header.isBlank() ? null : caller.oneOrganization();
        return handler.set(caller, organization, price, key.id(caller, "price"), clock.instant())
                .map(done -> RestResponse.ResponseBuilder.<ModelPrice>create(RestResponse.Status.CREATED)
                        .entity(done.price())
                        .header(Headers.POSITION, done.position())
                        .build());
    }
}
