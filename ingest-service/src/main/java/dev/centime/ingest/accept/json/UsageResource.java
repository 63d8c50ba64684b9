package dev.centime.ingest.accept.json;

import dev.centime.ingest.Source;
import dev.centime.ingest.accept.Intake;
import dev.centime.ingest.accept.RecordParser;
import dev.centime.ingest.accept.UsageBody;
import dev.centime.ingest.accept.UsageBody.RecordReader;
import dev.centime.ingest.command.recordusage.RecordUsage;
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

/** {@code POST /usage}: a record, an array, or a line each. */
@Path("/api/v1/usage")
@Tag(name = "Usage")
public class UsageResource {
    static final String NDJSON = "application/x-ndjson";

    private final Intake intake;
    private final Clock clock;

    UsageResource(Intake intake, Clock clock) {
        this.intake = intake;
        this.clock = clock;
    }

    @POST
    @HeedsPressure
    @Idempotent
    @Consumes({MediaType.APPLICATION_JSON, NDJSON})
    @RolesAllowed({Role.Names.USER, Role.Names.ORG_ADMIN, Role.Names.PLATFORM_ADMIN, Role.Names.INGEST})
    @Operation(
            summary = "Record calls",
            description =
                    "One record, an array of them, or one a line (NDJSON), gzip allowed; at most 10,000 records or 16"
                            + " MB. Each record is answered by itself, in order; acknowledged means durable. A user's key"
                            + " records as itself.")
    @RequestBody(
            content = {
                @Content(
                        mediaType = MediaType.APPLICATION_JSON,
                        schema = @Schema(type = SchemaType.ARRAY, implementation = RecordUsage.class)),
                @Content(mediaType = NDJSON, schema = @Schema(implementation = RecordUsage.class))
            })
    @APIResponse(
            responseCode = "200",
            description = "What became of each record; Centime-Position says where the log holds them",
            content = @Content(schema = @Schema(implementation = UsageAnswer.class)))
    @APIResponse(responseCode = "400", description = "The body is no JSON")
    @APIResponse(responseCode = "403", description = "A user's key recorded for somebody else")
    @APIResponse(responseCode = "413", description = "Too many records or bytes")
    @APIResponse(responseCode = "415", description = "Neither JSON nor NDJSON, or an encoding other than gzip")
    @APIResponse(
            responseCode = "503",
            description = "The log takes no events now, or the views cannot keep up; Retry-After says when to retry")
    public Uni<RestResponse<UsageAnswer>> record(
            byte[] body,
            @HeaderParam(HttpHeaders.CONTENT_TYPE) @DefaultValue(MediaType.APPLICATION_JSON) String contentType,
            @HeaderParam(HttpHeaders.CONTENT_ENCODING) @Nullable String contentEncoding) {
        return intake.answer(Source.API, body, contentEncoding, unpacked -> read(unpacked, contentType));
    }

    private List<Submitted> read(byte[] unpacked, String contentType) {
        var now = clock.instant();
        RecordReader reader = (json, index) -> RecordParser.parse(json, index, now);
        return contentType.startsWith(NDJSON) ? UsageBody.lines(unpacked, reader) : UsageBody.json(unpacked, reader);
    }
}
