package dev.centime.ingest.accept.litellm;

import dev.centime.ingest.Source;
import dev.centime.ingest.accept.Intake;
import dev.centime.ingest.accept.LiteLlmCall;
import dev.centime.ingest.accept.UsageBody;
import dev.centime.ingest.accept.UsageBody.RecordReader;
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

/** {@code POST /usage/litellm}: the endpoint of LiteLLM's {@code generic_api} callback. */
@Path("/api/v1/usage/litellm")
@Tag(name = "Usage")
public class LiteLlmResource {
    private static final String NDJSON = "application/x-ndjson";

    private final Intake intake;
    private final Clock clock;

    LiteLlmResource(Intake intake, Clock clock) {
        this.intake = intake;
        this.clock = clock;
    }

    @POST
    @HeedsPressure
    @Idempotent
    @Consumes({MediaType.APPLICATION_JSON, NDJSON})
    @RolesAllowed({Role.Names.USER, Role.Names.ORG_ADMIN, Role.Names.PLATFORM_ADMIN, Role.Names.INGEST})
    @Operation(
            summary = "Record calls from LiteLLM",
            description =
                    "StandardLoggingPayloads in any of the log formats of LiteLLM's generic_api callback (json_array,"
                            + " ndjson, single); gzip allowed. Each counts once by its id. Messages and responses are not"
                            + " read.")
    @RequestBody(
            content = {
                @Content(mediaType = MediaType.APPLICATION_JSON, schema = @Schema(type = SchemaType.ARRAY)),
                @Content(mediaType = NDJSON, schema = @Schema(type = SchemaType.OBJECT))
            })
    @APIResponse(
            responseCode = "200",
            description = "What became of each payload, in order",
            content = @Content(schema = @Schema(implementation = UsageAnswer.class)))
    @APIResponse(responseCode = "400", description = "The body is no JSON")
    @APIResponse(responseCode = "403", description = "A user's key recorded for somebody else")
    @APIResponse(responseCode = "413", description = "Too many payloads or bytes")
    @APIResponse(responseCode = "415", description = "Neither JSON nor NDJSON, or an encoding other than gzip")
    @APIResponse(
            responseCode = "503",
            description = "The log takes no events now, or the views cannot keep up; Retry-After says when to retry")
    public Uni<RestResponse<UsageAnswer>> record(
            byte[] body,
            @HeaderParam(HttpHeaders.CONTENT_TYPE) @DefaultValue(MediaType.APPLICATION_JSON) String contentType,
            @HeaderParam(HttpHeaders.CONTENT_ENCODING) @Nullable String contentEncoding) {
        return intake.answer(Source.LITELLM, body, contentEncoding, unpacked -> read(unpacked, contentType));
    }

    private List<Submitted> read(byte[] unpacked, String contentType) {
        var now = clock.instant();
        RecordReader reader = (json, index) -> LiteLlmCall.read(json, index, now);
        return contentType.startsWith(NDJSON)
                ? UsageBody.lines(unpacked, reader)
                : UsageBody.jsonOrLines(unpacked, reader);
    }
}
