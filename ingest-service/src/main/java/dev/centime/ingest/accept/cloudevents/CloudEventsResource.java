package dev.centime.ingest.accept.cloudevents;

import dev.centime.ingest.Source;
import dev.centime.ingest.accept.Intake;
import dev.centime.ingest.accept.JsonBody;
import dev.centime.ingest.accept.UsageBody;
import dev.centime.ingest.command.recordusage.Submitted;
import dev.centime.ingest.command.recordusage.UsageAnswer;
import dev.centime.ingest.pressure.HeedsPressure;
import dev.centime.kit.Role;
import dev.centime.kit.idempotency.Idempotent;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import java.time.Clock;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestResponse;
import org.jspecify.annotations.Nullable;

/** {@code POST /usage/cloudevents}. */
@Path("/api/v1/usage/cloudevents")
@Tag(name = "Usage")
public class CloudEventsResource {
    private static final String EVENT = "application/cloudevents+json";
    private static final String BATCH = "application/cloudevents-batch+json";

    private final Intake intake;
    private final Clock clock;

    CloudEventsResource(Intake intake, Clock clock) {
        this.intake = intake;
        this.clock = clock;
    }

    @POST
    @HeedsPressure
    @Idempotent
    @Consumes({EVENT, BATCH, MediaType.APPLICATION_JSON})
    @RolesAllowed({Role.Names.USER, Role.Names.ORG_ADMIN, Role.Names.PLATFORM_ADMIN, Role.Names.INGEST})
    @Operation(
            summary = "Record calls from CloudEvents",
            description =
                    "A structured event, a batch, or one in headers (ce-id, ce-source, …) with its data as the body;"
                            + " gzip allowed. The data is a usage record, or what OpenMeter takes: model, cost,"
                            + " prompt_tokens, completion_tokens. Each event counts once by source and id; its subject is"
                            + " the user.")
    @RequestBody(
            content = {
                @Content(mediaType = EVENT, schema = @Schema(type = SchemaType.OBJECT)),
                @Content(mediaType = BATCH, schema = @Schema(type = SchemaType.ARRAY)),
                @Content(mediaType = MediaType.APPLICATION_JSON, schema = @Schema(type = SchemaType.OBJECT))
            })
    @APIResponse(
            responseCode = "200",
            description = "What became of each event, in order",
            content = @Content(schema = @Schema(implementation = UsageAnswer.class)))
    @APIResponse(responseCode = "400", description = "The body is no JSON, or no batch where one was announced")
    @APIResponse(responseCode = "403", description = "A user's key recorded for somebody else")
    @APIResponse(responseCode = "413", description = "Too many events or bytes")
    @APIResponse(responseCode = "415", description = "No CloudEvents in JSON, or an encoding other than gzip")
    @APIResponse(
            responseCode = "503",
            description = "The log takes no events now, or the views cannot keep up; Retry-After says when to retry")
    public Uni<RestResponse<UsageAnswer>> record(
            byte[] body,
            @HeaderParam(HttpHeaders.CONTENT_TYPE) @DefaultValue(MediaType.APPLICATION_JSON) String contentType,
            @HeaderParam(HttpHeaders.CONTENT_ENCODING) @Nullable String contentEncoding,
            @Context HttpHeaders headers) {
        var inHeaders = EventHeaders.of(headers);
        return intake.answer(
                Source.CLOUDEVENTS,
                body,
                contentEncoding,
                unpacked -> inHeaders == null
                        ? structured(unpacked, contentType)
                        : List.of(
                                CloudEventReader.read(EventHeaders.withData(inHeaders, unpacked), 0, clock.instant())));
    }

    private List<Submitted> structured(byte[] unpacked, String contentType) {
        var now = clock.instant();
        if (contentType.startsWith(BATCH) && !isArray(unpacked)) {
            throw JsonBody.malformed("must be an array of events");
        }
        if (contentType.startsWith(EVENT) && isArray(unpacked)) {
            throw JsonBody.malformed("must be one event; for several, send " + BATCH);
        }
        return UsageBody.json(unpacked, (json, index) -> CloudEventReader.read(json, index, now));
    }

    private static boolean isArray(byte[] body) {
        for (var one : body) {
            if (!Character.isWhitespace(one)) {
                return one == '[';
            }
        }
        return false;
    }
}
