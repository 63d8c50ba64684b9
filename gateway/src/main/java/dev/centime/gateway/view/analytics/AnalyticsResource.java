package dev.centime.gateway.view.analytics;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.NullNode;
import dev.centime.gateway.door.Admitted;
import dev.centime.gateway.door.DoorAuthentication;
import dev.centime.gateway.route.Part;
import dev.centime.gateway.route.Parts;
import dev.centime.kit.Headers;
import dev.centime.kit.PeriodParameters;
import dev.centime.kit.Role;
import io.quarkus.security.identity.SecurityIdentity;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.UriInfo;
import java.time.Clock;
import java.util.List;
import java.util.Objects;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.ParameterIn;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestResponse;
import org.jspecify.annotations.Nullable;

/** {@code GET /analytics/user} and {@code GET /analytics/admin}. What ingest-service refuses is refused; limits are shown where they can be. */
@Path("/api/v1/analytics")
@Tag(name = "Analytics")
public class AnalyticsResource {
    private static final String USER = "/api/v1/analytics/user";
    private static final String ADMIN = "/api/v1/analytics/admin";

    private final SecurityIdentity identity;
    private final Parts parts;
    private final Clock clock;

    AnalyticsResource(SecurityIdentity identity, Parts parts, Clock clock) {
        this.identity = identity;
        this.parts = parts;
        this.clock = clock;
    }

    @GET
    @Path("/user")
    @RolesAllowed({Role.Names.USER, Role.Names.ORG_ADMIN, Role.Names.PLATFORM_ADMIN})
    @Operation(
            operationId = "userAnalytics",
            summary = "What a person spent, beside his limits",
            description =
                    "Sessions, cost and tokens of all time and of a period, averages a session and a message, the models used most,"
                            + " cost over time and where it goes; how much of each limit is used. Takes the filters of a read of cost that cubes"
                            + " answer: provider, model, project, experiment, operation. A service that does not answer in time is named in"
                            + " `unavailable` and its part is null.")
    @Parameter(
            name = "user",
            in = ParameterIn.QUERY,
            schema = @Schema(implementation = String.class),
            description = "By name; required with a key that is not a user's, which asks about its own")
    @Parameter(
            name = "granularity",
            in = ParameterIn.QUERY,
            schema = @Schema(implementation = String.class),
            description = "Of cost over time: hour, day (default), week or month; at most 400 points")
    @APIResponse(
            responseCode = "200",
            description = "Spend and limits",
            content = @Content(schema = @Schema(implementation = UserAnalyticsAnswer.class)))
    @APIResponse(responseCode = "400", description = "A parameter cannot be read")
    @APIResponse(responseCode = "403", description = "Somebody else, or the organization does not show individuals")
    public Uni<RestResponse<?>> user(
            @BeanParam PeriodParameters parameters,
            @Context UriInfo uri,
            @HeaderParam(Headers.AT_LEAST) @Nullable String atLeast) {
        Admitted admitted = identity.getAttribute(DoorAuthentication.ADMITTED);
        var headers = parts.headers(admitted, atLeast);
        var named = uri.getQueryParameters().getFirst("user");
        var user = named == null ? admitted.caller().user() : named;
        return Uni.combine()
                .all()
                .unis(
                        parts.ask(AnalyticsQuestions.usage(USER, uri, headers)),
                        user == null
                                ? Uni.createFrom().<@Nullable Part>nullItem()
                                : parts.ask(AnalyticsQuestions.usedLimits(List.of(user), headers)))
                .with((usage, limits) -> combined(usage, limits, this::user));
    }

    @GET
    @Path("/admin")
    @RolesAllowed({Role.Names.ORG_ADMIN, Role.Names.PLATFORM_ADMIN})
    @Operation(
            operationId = "adminAnalytics",
            summary = "What everybody spent, and who, beside their limits",
            description =
                    "Totals of a period, the models that cost most, cost over time and where it goes; a page of people, the most"
                            + " expensive first, each with what he spent, and how much of his limits is used. Where the organization does not show"
                            + " what individuals did, all are one without a name; over all organizations the page is of organizations. Takes the"
                            + " filters of a read of cost that cubes answer: provider, model, project, experiment, operation, user. A service that"
                            + " does not answer in time is named in `unavailable` and its part is null.")
    @Parameter(
            name = "granularity",
            in = ParameterIn.QUERY,
            schema = @Schema(implementation = String.class),
            description = "Of cost over time: hour, day (default), week or month; at most 400 points")
    @Parameter(
            name = "sort",
            in = ParameterIn.QUERY,
            schema = @Schema(implementation = String.class),
            description = "total_cost, requests or total_tokens, with - for descending; -total_cost by default")
    @Parameter(name = "limit", in = ParameterIn.QUERY, schema = @Schema(implementation = Integer.class))
    @Parameter(name = "cursor", in = ParameterIn.QUERY, schema = @Schema(implementation = String.class))
    @APIResponse(
            responseCode = "200",
            description = "Spend and limits",
            content = @Content(schema = @Schema(implementation = AdminAnalyticsAnswer.class)))
    @APIResponse(responseCode = "400", description = "A parameter cannot be read")
    @APIResponse(responseCode = "403", description = "Somebody else's organization")
    public Uni<RestResponse<?>> admin(
            @BeanParam PeriodParameters parameters,
            @Context UriInfo uri,
            @HeaderParam(Headers.AT_LEAST) @Nullable String atLeast) {
        Admitted admitted = identity.getAttribute(DoorAuthentication.ADMITTED);
        var headers = parts.headers(admitted, atLeast);
        return parts.ask(AnalyticsQuestions.usage(ADMIN, uri, headers)).chain(usage -> {
            var users = AnalyticsQuestions.usersOf(usage.body());
            return users.isEmpty()
                    ? Uni.createFrom().item(combined(usage, null, this::admin))
                    : parts.ask(AnalyticsQuestions.usedLimits(users, headers))
                            .map(limits -> combined(usage, limits, this::admin));
        });
    }

    /** Puts the members of an answer together. @param limits null where nobody's were asked for */
    private interface Shape {
        Object of(JsonNode usage, JsonNode limits, List<String> unavailable);
    }

    private UserAnalyticsAnswer user(JsonNode usage, JsonNode limits, List<String> unavailable) {
        return new UserAnalyticsAnswer(clock.instant(), usage, shown(limits.at("/items/0")), unavailable);
    }

    private AdminAnalyticsAnswer admin(JsonNode usage, JsonNode limits, List<String> unavailable) {
        var nobody = !usage.isNull() && AnalyticsQuestions.usersOf(usage).isEmpty();
        var items = nobody ? JsonNodeFactory.instance.arrayNode() : shown(limits.path("items"));
        return new AdminAnalyticsAnswer(clock.instant(), usage, items, unavailable);
    }

    private static JsonNode shown(JsonNode part) {
        return part.isMissingNode() ? NullNode.getInstance() : part;
    }

    /** A refusal is the answer: of what was spent always, of limits where that is all there is. */
    private static RestResponse<?> combined(Part usage, @Nullable Part limits, Shape shape) {
        if (usage.isRefused()) {
            return refusal(usage);
        }
        if (usage.isMissing() && limits != null && limits.isRefused()) {
            return refusal(limits);
        }
        var asked = limits == null ? List.of(usage) : List.of(usage, limits);
        var used = limits == null ? NullNode.getInstance() : limits.body();
        return RestResponse.ok(shape.of(usage.body(), used, Parts.unavailable(asked)));
    }

    private static RestResponse<?> refusal(Part part) {
        var answer = Objects.requireNonNull(part.answer());
        return RestResponse.ResponseBuilder.create(RestResponse.Status.fromStatusCode(answer.status()), answer.body())
                .type("application/problem+json")
                .build();
    }
}
