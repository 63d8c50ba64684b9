package dev.centime.ingest.command.updatecatalogue;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.centime.kit.CurrentCaller;
import dev.centime.kit.Headers;
import dev.centime.kit.Problem;
import dev.centime.kit.Query;
import dev.centime.kit.Role;
import dev.centime.kit.idempotency.Idempotent;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.MediaType;
import java.io.IOException;
import java.net.URI;
import java.time.Clock;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.ParameterIn;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestResponse;

/** {@code POST /pricing/catalogue}. */
@Path("/api/v1/pricing/catalogue")
@Tag(name = "Pricing")
public class UpdateCatalogueResource {
    private static final String NDJSON = "application/x-ndjson";
    private static final String BODY = "body";

    private final CurrentCaller current;
    private final Query query;
    private final ObjectMapper mapper;
    private final FetchedFile fetched;
    private final UpdateCatalogueHandler handler;
    private final Clock clock;

    UpdateCatalogueResource(
            CurrentCaller current,
            Query query,
            ObjectMapper mapper,
            FetchedFile fetched,
            UpdateCatalogueHandler handler,
            Clock clock) {
        this.current = current;
        this.query = query;
        this.mapper = mapper;
        this.fetched = fetched;
        this.handler = handler;
        this.clock = clock;
    }

    /** A file and where it came from. */
    private record Source(String name, byte[] bytes) {}

    @POST
    @Idempotent
    @Consumes({MediaType.APPLICATION_JSON, NDJSON})
    @RolesAllowed(Role.Names.PLATFORM_ADMIN)
    @Operation(
            summary = "Bring the catalogue up to date from a file",
            description =
                    "The body is LiteLLM's price file, or lines as POST /pricing/models takes them (NDJSON), or {\"url\": …} of"
                            + " either, by https. A dry run, the default, says what would change. What the file says already holds is left"
                            + " as it is, so the same file again changes nothing; models it does not name keep their price.")
    @Parameter(
            name = "dry_run",
            in = ParameterIn.QUERY,
            schema = @Schema(implementation = Boolean.class),
            description = "true by default")
    @Parameter(
            name = "effective_date",
            in = ParameterIn.QUERY,
            schema = @Schema(type = SchemaType.STRING, format = "date"),
            description =
                    "From when prices hold that have no date of their own: 00:00 UTC; without it today, and a first price of"
                            + " a model for all its calls")
    @RequestBody(
            content = {
                @Content(mediaType = MediaType.APPLICATION_JSON, schema = @Schema(type = SchemaType.OBJECT)),
                @Content(mediaType = NDJSON, schema = @Schema(type = SchemaType.STRING))
            })
    @APIResponse(
            responseCode = "200",
            description = "What changed, or would change",
            content = @Content(schema = @Schema(implementation = CatalogueUpdate.class)))
    @APIResponse(responseCode = "413", description = "The file is too large")
    @APIResponse(responseCode = "422", description = "No price in it, or an address that is not to be had")
    public Uni<RestResponse<CatalogueUpdate>> update(byte[] body) {
        var caller = current.get();
        var dryRun = query.flag("dry_run", true);
        var from = query.date("effective_date").orElse(null);
        if (from != null && (from.getYear() < 2000 || from.getYear() > 2999)) {
            throw Problem.badRequest("effective_date", "must be from 2000-01-01 to 2999-12-31");
        }
        return source(body)
                .chain(source -> handler.update(
                        caller,
                        CatalogueFile.read(source.bytes(), mapper),
                        source.name(),
                        from,
                        dryRun,
                        clock.instant()))
                .map(UpdateCatalogueResource::answer);
    }

    /** Reading a large file takes longer than an event loop may be held. */
    private Uni<Source> source(byte[] body) {
        //noinspection ConstantValue: an empty body is null
        if (body == null || body.length == 0) {
            throw Problem.badRequest(BODY, "must be a price file, or say its url");
        }
        var wanted = address(body);
        var source = wanted.isEmpty()
                ? Uni.createFrom().item(new Source(BODY, body))
                : fetched.from(wanted.get())
                        .map(bytes -> new Source(wanted.get().toString(), bytes));
        return source.emitOn(Infrastructure.getDefaultWorkerPool());
    }

    /** Of a body that is nothing but {@code {"url": "…"}}. */
    private Optional<URI> address(byte[] body) {
        if (body.length > FetchedFile.MAX_ADDRESS) {
            return Optional.empty();
        }
        try {
            var url = mapper.readTree(body).path("url");
            return url.isTextual() ? Optional.of(URI.create(url.asText())) : Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        } catch (IllegalArgumentException e) {
            throw Problem.unprocessable("url", "is no address");
        }
    }

    private static RestResponse<CatalogueUpdate> answer(UpdateCatalogueHandler.Done done) {
        var response = RestResponse.ResponseBuilder.ok(done.update());
        if (done.position() != null) {
            response.header(Headers.POSITION, done.position());
        }
        return response.build();
    }
}
