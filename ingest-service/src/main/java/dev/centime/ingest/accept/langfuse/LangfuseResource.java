package dev.centime.ingest.accept.langfuse;

import dev.centime.ingest.Source;
import dev.centime.ingest.accept.Intake;
import dev.centime.ingest.accept.langfuse.Generations.Told;
import dev.centime.ingest.command.recordusage.RecordUsageHandler.Recorded;
import dev.centime.ingest.command.recordusage.UsageMetrics;
import dev.centime.ingest.pressure.HeedsPressure;
import dev.centime.kit.CurrentCaller;
import dev.centime.kit.Headers;
import dev.centime.kit.Role;
import dev.centime.kit.idempotency.Idempotent;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import java.time.Clock;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestResponse;
import org.jspecify.annotations.Nullable;

/** {@code POST /usage/langfuse}, at the gateway also {@code /api/public/ingestion}: where Langfuse's SDKs send their batches. */
@Path("/api/v1/usage/langfuse")
@Tag(name = "Usage")
public class LangfuseResource {
    private static final int MULTI_STATUS = 207;

    private final CurrentCaller current;
    private final Intake intake;
    private final Generations generations;
    private final CorrectGenerations corrections;
    private final UsageMetrics metrics;
    private final Clock clock;

    LangfuseResource(
            CurrentCaller current,
            Intake intake,
            Generations generations,
            CorrectGenerations corrections,
            UsageMetrics metrics,
            Clock clock) {
        this.current = current;
        this.intake = intake;
        this.generations = generations;
        this.corrections = corrections;
        this.metrics = metrics;
        this.clock = clock;
    }

    @POST
    @HeedsPressure
    @Idempotent
    @Consumes(MediaType.APPLICATION_JSON)
    @RolesAllowed({Role.Names.USER, Role.Names.ORG_ADMIN, Role.Names.PLATFORM_ADMIN, Role.Names.INGEST})
    @Operation(
            summary = "Record calls from Langfuse SDKs",
            description =
                    "Batches of Langfuse's ingestion API; gzip allowed. A generation counts once by its id, as soon as"
                            + " its usage or cost is told, with its trace's user, session and tags, and with more when more is"
                            + " told; all other events are acknowledged. With basic authentication, the password (Langfuse's secret key) is a key of"
                            + " Centime.")
    @RequestBody(content = @Content(mediaType = MediaType.APPLICATION_JSON, schema = @Schema(type = SchemaType.OBJECT)))
    @APIResponse(
            responseCode = "207",
            description = "What became of each event",
            content = @Content(schema = @Schema(implementation = IngestionAnswer.class)))
    @APIResponse(responseCode = "400", description = "No batch of events")
    @APIResponse(responseCode = "403", description = "A user's key recorded for somebody else")
    @APIResponse(responseCode = "413", description = "Too many events or bytes")
    @APIResponse(responseCode = "415", description = "No JSON, or an encoding other than gzip")
    @APIResponse(
            responseCode = "503",
            description = "The log takes no events now, or the views cannot keep up; Retry-After says when to retry")
    public Uni<RestResponse<IngestionAnswer>> ingest(
            byte[] body, @HeaderParam(HttpHeaders.CONTENT_ENCODING) @Nullable String contentEncoding) {
        var caller = current.get();
        var now = clock.instant();
        var told = intake.read(body, contentEncoding, Batch::read)
                .chain(events -> generations.told(caller, events, now))
                .memoize()
                .indefinitely();
        return intake.record(Source.LANGFUSE, told.map(Told::records))
                .chain(recorded -> told.chain(all -> corrections
                        .correct(caller, all.records(), recorded.answer())
                        .map(corrected -> answer(all, recorded))));
    }

    private RestResponse<IngestionAnswer> answer(Told told, Recorded recorded) {
        metrics.ignored(
                Source.LANGFUSE,
                Math.max(0, told.events().size() - told.records().size()));
        var response = RestResponse.ResponseBuilder.<IngestionAnswer>create(MULTI_STATUS)
                .entity(IngestionAnswer.of(told.events(), told.ids(), recorded.answer()))
                .type(MediaType.APPLICATION_JSON);
        if (recorded.position() != null) {
            response.header(Headers.POSITION, recorded.position());
        }
        return response.build();
    }
}
