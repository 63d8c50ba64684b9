package dev.centime.ingest.accept.otlp;

import dev.centime.ingest.Source;
import dev.centime.ingest.accept.Intake;
import dev.centime.ingest.accept.UsageBody;
import dev.centime.ingest.command.recordusage.RecordUsageHandler.Recorded;
import dev.centime.ingest.command.recordusage.Submitted;
import dev.centime.ingest.command.recordusage.UsageMetrics;
import dev.centime.ingest.pressure.HeedsPressure;
import dev.centime.kit.Headers;
import dev.centime.kit.Role;
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
import java.time.Instant;
import java.util.ArrayList;
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

/** {@code POST /v1/traces}: where an OpenTelemetry exporter sends its spans. */
@Path("/v1/traces")
@Tag(name = "Usage")
public class TracesResource {
    private static final String PROTOBUF = "application/x-protobuf";

    private final Intake intake;
    private final UsageMetrics metrics;
    private final Clock clock;

    TracesResource(Intake intake, UsageMetrics metrics, Clock clock) {
        this.intake = intake;
        this.metrics = metrics;
        this.clock = clock;
    }

    @POST
    @HeedsPressure
    @Consumes({PROTOBUF, MediaType.APPLICATION_JSON})
    @RolesAllowed({Role.Names.USER, Role.Names.ORG_ADMIN, Role.Names.PLATFORM_ADMIN, Role.Names.INGEST})
    @Operation(
            summary = "Record calls from OpenTelemetry spans",
            description =
                    "OTLP/HTTP traces in protobuf or JSON, gzip allowed. Spans of LLM calls are recorded once by trace"
                            + " id and span id; spans of agents, tools and of anything else are accepted and cost"
                            + " nothing.")
    @RequestBody(
            content = {
                @Content(mediaType = PROTOBUF, schema = @Schema(type = SchemaType.STRING, format = "binary")),
                @Content(mediaType = MediaType.APPLICATION_JSON, schema = @Schema(type = SchemaType.OBJECT))
            })
    @APIResponse(
            responseCode = "200",
            description = "An ExportTraceServiceResponse in the encoding of the request; partial_success says which"
                    + " spans were rejected, and why")
    @APIResponse(responseCode = "400", description = "Not OTLP; as every refusal here, a google.rpc.Status")
    @APIResponse(responseCode = "403", description = "A user's key recorded for somebody else")
    @APIResponse(responseCode = "413", description = "Too many calls or bytes")
    @APIResponse(responseCode = "415", description = "Neither protobuf nor JSON, or an encoding other than gzip")
    @APIResponse(
            responseCode = "503",
            description = "The log takes no events now, or the views cannot keep up; Retry-After says when to retry")
    public Uni<RestResponse<byte[]>> export(
            byte[] body,
            @HeaderParam(HttpHeaders.CONTENT_TYPE) @DefaultValue(MediaType.APPLICATION_JSON) String contentType,
            @HeaderParam(HttpHeaders.CONTENT_ENCODING) @Nullable String contentEncoding) {
        var protobuf = contentType.startsWith(PROTOBUF);
        var now = clock.instant();
        var calls = new ArrayList<SentSpan>();
        var submitted = intake.read(
                body,
                contentEncoding,
                unpacked -> calls(protobuf ? ProtobufSpans.read(unpacked) : JsonSpans.read(unpacked), calls, now));
        return intake.record(Source.OTLP, submitted).map(recorded -> answer(recorded, calls, protobuf));
    }

    /** @param calls gets those of the spans that tell of a call */
    private List<Submitted> calls(List<SentSpan> spans, List<SentSpan> calls, Instant now) {
        var submitted = new ArrayList<Submitted>();
        for (var span : spans) {
            if (SpanReader.isCall(span, now)) {
                UsageBody.checkRoom(submitted.size());
                calls.add(span);
                submitted.add(SpanReader.read(span, submitted.size(), now));
            }
        }
        metrics.ignored(Source.OTLP, spans.size() - calls.size());
        return submitted;
    }

    private static RestResponse<byte[]> answer(Recorded recorded, List<SentSpan> calls, boolean protobuf) {
        var response =
                RestResponse.ResponseBuilder.ok(ExportAnswer.of(recorded.answer(), calls, protobuf), type(protobuf));
        if (recorded.position() != null) {
            response.header(Headers.POSITION, recorded.position());
        }
        return response.build();
    }

    private static String type(boolean protobuf) {
        return protobuf ? PROTOBUF : MediaType.APPLICATION_JSON;
    }
}
