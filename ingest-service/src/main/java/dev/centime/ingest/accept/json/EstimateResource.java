package dev.centime.ingest.accept.json;

import dev.centime.ingest.RecordIds;
import dev.centime.ingest.accept.EstimateParser;
import dev.centime.ingest.accept.UnpackedBody;
import dev.centime.ingest.command.estimatecost.CostEstimate;
import dev.centime.ingest.command.estimatecost.EstimateCost;
import dev.centime.ingest.command.estimatecost.EstimateCostHandler;
import dev.centime.ingest.command.estimatecost.EstimateCostHandler.Estimated;
import dev.centime.kit.CurrentCaller;
import dev.centime.kit.Headers;
import dev.centime.kit.Role;
import dev.centime.kit.idempotency.IdempotencyKey;
import dev.centime.kit.idempotency.Idempotent;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
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
import org.eclipse.microprofile.openapi.annotations.media.SchemaProperty;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestResponse;
import org.jspecify.annotations.Nullable;

/** {@code POST /usage/estimate}. */
@Path("/api/v1/usage/estimate")
@Tag(name = "Usage")
public class EstimateResource {
    /** Far above the largest context that any model takes. */
    private static final int MAX_BYTES = 8 * 1024 * 1024;

    private final CurrentCaller current;
    private final IdempotencyKey key;
    private final EstimateCostHandler handler;
    private final Clock clock;

    EstimateResource(CurrentCaller current, IdempotencyKey key, EstimateCostHandler handler, Clock clock) {
        this.current = current;
        this.key = key;
        this.handler = handler;
        this.clock = clock;
    }

    @POST
    @Idempotent
    @Consumes(MediaType.APPLICATION_JSON)
    @RolesAllowed({Role.Names.USER, Role.Names.ORG_ADMIN, Role.Names.PLATFORM_ADMIN, Role.Names.INGEST})
    @Operation(
            summary = "Tokens and cost before a call",
            description =
                    "Counts the text as the model's provider would, exactly for OpenAI's models, else within the error that is"
                            + " answered. The text is counted and forgotten. A usage record that names estimate_id is set against"
                            + " the estimate in /costs/variance. At most 8 MB.")
    @RequestBody(
            required = true,
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON,
                            schema =
                                    @Schema(
                                            type = SchemaType.OBJECT,
                                            requiredProperties = "model",
                                            properties = {
                                                @SchemaProperty(name = "model", type = SchemaType.STRING),
                                                @SchemaProperty(
                                                        name = "provider",
                                                        type = SchemaType.STRING,
                                                        description = "Needed unless the model names it"),
                                                @SchemaProperty(
                                                        name = "text",
                                                        type = SchemaType.STRING,
                                                        description = "The prompt; or messages"),
                                                @SchemaProperty(
                                                        name = "messages",
                                                        type = SchemaType.ARRAY,
                                                        implementation = Object.class,
                                                        description =
                                                                "A chat: role and content each, content as text or as parts of text"),
                                                @SchemaProperty(
                                                        name = "system",
                                                        type = SchemaType.STRING,
                                                        description = "Instructions beside text or messages"),
                                                @SchemaProperty(
                                                        name = "input_tokens",
                                                        type = SchemaType.INTEGER,
                                                        description =
                                                                "Counted by the caller: tools and images beside a text, or all input instead of one"),
                                                @SchemaProperty(
                                                        name = "cached_tokens",
                                                        type = SchemaType.INTEGER,
                                                        description = "Of all input, what a prompt cache will answer"),
                                                @SchemaProperty(
                                                        name = "expected_output_tokens",
                                                        type = SchemaType.INTEGER),
                                                @SchemaProperty(
                                                        name = "max_output_tokens",
                                                        type = SchemaType.INTEGER,
                                                        description = "Taken where none are expected"),
                                                @SchemaProperty(
                                                        name = "service_tier",
                                                        type = SchemaType.STRING,
                                                        description = "standard, batch, priority, flex or fast"),
                                                @SchemaProperty(name = "region", type = SchemaType.STRING),
                                                @SchemaProperty(
                                                        name = "timestamp",
                                                        type = SchemaType.STRING,
                                                        format = "date-time",
                                                        description = "When the call would be made; now by default"),
                                                @SchemaProperty(name = "user", type = SchemaType.STRING),
                                                @SchemaProperty(name = "project", type = SchemaType.STRING),
                                                @SchemaProperty(name = "experiment", type = SchemaType.STRING),
                                                @SchemaProperty(name = "session", type = SchemaType.STRING),
                                                @SchemaProperty(name = "run", type = SchemaType.STRING),
                                                @SchemaProperty(name = "operation", type = SchemaType.STRING),
                                                @SchemaProperty(name = "tags", type = SchemaType.OBJECT),
                                                @SchemaProperty(
                                                        name = "store",
                                                        type = SchemaType.BOOLEAN,
                                                        description =
                                                                "false for an estimate that nothing will be set against")
                                            })))
    @APIResponse(
            responseCode = "200",
            description = "What the call would cost",
            content = @Content(schema = @Schema(implementation = CostEstimate.class)))
    @APIResponse(responseCode = "400", description = "The body is no JSON")
    @APIResponse(responseCode = "403", description = "A user's key estimated for somebody else")
    @APIResponse(responseCode = "413", description = "More than 8 MB")
    @APIResponse(responseCode = "422", description = "A field cannot be accepted")
    @APIResponse(responseCode = "503", description = "Too much is being counted; Retry-After says when to retry")
    public Uni<RestResponse<CostEstimate>> estimate(
            byte[] body, @HeaderParam(HttpHeaders.CONTENT_ENCODING) @Nullable String contentEncoding) {
        var caller = current.get();
        var now = clock.instant();
        var id = key.text().isPresent() ? key.id(caller, "estimate") : RecordIds.random(now);
        return Uni.createFrom()
                .item(() -> read(body, contentEncoding))
                .runSubscriptionOn(Infrastructure.getDefaultWorkerPool())
                .chain(asked -> handler.estimate(caller, asked, id, now))
                .map(EstimateResource::answer);
    }

    private EstimateCost read(byte[] body, @Nullable String contentEncoding) {
        return EstimateParser.parse(UnpackedBody.of(body, contentEncoding, MAX_BYTES), clock.instant());
    }

    private static RestResponse<CostEstimate> answer(Estimated estimated) {
        var response = RestResponse.ResponseBuilder.ok(estimated.answer());
        if (estimated.position() != null) {
            response.header(Headers.POSITION, estimated.position());
        }
        return response.build();
    }
}
