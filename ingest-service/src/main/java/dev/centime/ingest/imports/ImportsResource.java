package dev.centime.ingest.imports;

import dev.centime.contracts.ImportProgressed.State;
import dev.centime.kit.Caller;
import dev.centime.kit.CurrentCaller;
import dev.centime.kit.Page;
import dev.centime.kit.PlaceInTime;
import dev.centime.kit.Problem;
import dev.centime.kit.Provenance;
import dev.centime.kit.Query;
import dev.centime.kit.Role;
import dev.centime.kit.idempotency.IdempotencyKey;
import io.smallrye.mutiny.Uni;
import io.vertx.core.http.HttpServerRequest;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import java.net.URI;
import java.util.regex.Pattern;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.ParameterIn;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestResponse;

/** {@code /imports}: a file is taken, and becomes records in the background. */
@Path(ImportsResource.PATH)
@Tag(name = "Imports")
public class ImportsResource {
    static final String PATH = "/api/v1/imports";

    private static final Pattern ID = Pattern.compile("[0-9a-f-]{1,64}");

    private final CurrentCaller current;
    private final Query query;
    private final IdempotencyKey key;
    private final ImportRows rows;
    private final ImportNews news;
    private final ReceiveImport receiving;
    private final Provenance provenance;

    ImportsResource(
            CurrentCaller current,
            Query query,
            IdempotencyKey key,
            ImportRows rows,
            ImportNews news,
            ReceiveImport receiving,
            Provenance provenance) {
        this.current = current;
        this.query = query;
        this.key = key;
        this.rows = rows;
        this.news = news;
        this.receiving = receiving;
        this.provenance = provenance;
    }

    /** For the document alone: the form is read as it comes. */
    @Schema(name = "ImportForm")
    record Form(
            @Schema(required = true, format = "binary", description = "The file, as it is or packed with gzip or zip")
            String file,

            @Schema(
                    description = "csv, jsonl, cost_tracking, claude_code, codex, litellm, openai or anthropic; guessed"
                            + " without")
            String format,

            @Schema(
                    description =
                            "For a table, a JSON object of field names by column, such as {\"Modell\": \"model\"}")
            String mapping,

            @Schema(description = "true says what would be recorded, and records nothing")
            boolean dryRun) {}

    @POST
    @Consumes(MediaType.MULTIPART_FORM_DATA)
    @RolesAllowed({Role.Names.ORG_ADMIN, Role.Names.PLATFORM_ADMIN})
    @Operation(
            summary = "Import a file",
            description =
                    "The file is read at once and recorded in the background: Location says where to follow it. One that takes"
                            + " more than some seconds to read is answered before that, as receiving; what is then wrong with"
                            + " it as a whole is the import's failure. Rows at fault are in the report, the others are"
                            + " recorded. A file sent twice records nothing twice.")
    @RequestBody(
            content =
                    @Content(mediaType = MediaType.MULTIPART_FORM_DATA, schema = @Schema(implementation = Form.class)))
    @APIResponse(
            responseCode = "202",
            description = "The import; Location says where it is",
            content = @Content(schema = @Schema(implementation = Import.class)))
    @APIResponse(responseCode = "400", description = "No form, or one that broke off")
    @APIResponse(responseCode = "409", description = "A request with this Idempotency-Key is still being received")
    @APIResponse(responseCode = "413", description = "The file is too large")
    @APIResponse(responseCode = "415", description = "No multipart/form-data")
    @APIResponse(
            responseCode = "422",
            description = "No file, or one of no known format, broken packing, or one that unpacks to too much")
    @APIResponse(
            responseCode = "503",
            description =
                    "Too many files are being read, or too many of this organization; Retry-After says when to retry")
    public Uni<RestResponse<Import>> create(@Context HttpServerRequest request) {
        var caller = current.get();
        var organization = caller.oneOrganization();
        var id = key.id(caller, "import");
        return rows.key(organization, id)
                .chain(place -> provenance
                        .of(caller, organization)
                        .chain(origin -> receiving.receive(request, place, caller.id(), origin)))
                .map(ImportsResource::accepted);
    }

    private static RestResponse<Import> accepted(Import standing) {
        return RestResponse.ResponseBuilder.<Import>create(RestResponse.Status.ACCEPTED)
                .location(URI.create(PATH + "/" + standing.id()))
                .entity(standing)
                .build();
    }

    @GET
    @RolesAllowed({Role.Names.ORG_ADMIN, Role.Names.PLATFORM_ADMIN})
    @Operation(summary = "Imports, newest first")
    @Parameter(name = "limit", in = ParameterIn.QUERY, schema = @Schema(implementation = Integer.class))
    @Parameter(name = "cursor", in = ParameterIn.QUERY, schema = @Schema(implementation = String.class))
    @APIResponse(responseCode = "200", description = "A page of imports with their reports")
    public Uni<Page<Import>> list() {
        var caller = current.get();
        var limit = query.limit();
        var before = query.cursor(caller, PlaceInTime::of).orElse(PlaceInTime.END);
        return rows.page(caller.oneOrganization(), before, limit + 1)
                .map(found ->
                        query.page(caller, found, limit, last -> new PlaceInTime(last.createdAt(), last.id()).keys()));
    }

    @GET
    @Path("/{id}")
    @RolesAllowed({Role.Names.ORG_ADMIN, Role.Names.PLATFORM_ADMIN})
    @Operation(summary = "An import with its progress, and its report")
    @APIResponse(
            responseCode = "200",
            description = "As it stands",
            content = @Content(schema = @Schema(implementation = Import.class)))
    @APIResponse(responseCode = "404", description = "There is none, or it is another organization's")
    public Uni<Import> read(@PathParam("id") String id) {
        return place(id).chain(place -> rows.find(place).map(found -> found.orElseThrow(() -> missing(id))));
    }

    @DELETE
    @Path("/{id}")
    @RolesAllowed({Role.Names.ORG_ADMIN, Role.Names.PLATFORM_ADMIN})
    @Operation(
            summary = "Cancel an import",
            description =
                    "What was recorded stays recorded, what was not is forgotten, and the import stays to be seen. One that has"
                            + " ended stays as it is.")
    @APIResponse(responseCode = "204", description = "It does not run any more")
    @APIResponse(responseCode = "404", description = "There is none, or it is another organization's")
    public Uni<RestResponse<Void>> cancel(@PathParam("id") String id) {
        var caller = current.get();
        return place(id)
                .chain(place -> rows.find(place)
                        .map(found -> found.orElseThrow(() -> missing(id)))
                        .chain(standing -> rows.cancel(place)
                                .chain(cancelled -> cancelled
                                        ? cancelled(caller, place, standing)
                                        : Uni.createFrom().voidItem())))
                .map(done -> RestResponse.noContent());
    }

    /** By who cancels it, not by whose it is. */
    private Uni<Void> cancelled(Caller caller, ImportKey place, Import standing) {
        return provenance
                .of(caller, place.organization())
                .chain(origin -> news.tell(place, standing, State.CANCELLED, origin));
    }

    private Uni<ImportKey> place(String id) {
        var organization = current.get().oneOrganization();
        if (!ID.matcher(id).matches()) {
            throw missing(id);
        }
        return rows.key(organization, id);
    }

    private static Problem missing(String id) {
        return Problem.notFound("import " + id);
    }
}
