package dev.centime.gateway.view.overview;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.centime.gateway.door.Admitted;
import dev.centime.gateway.door.DoorAuthentication;
import dev.centime.gateway.route.Part;
import dev.centime.gateway.route.Parts;
import dev.centime.kit.Headers;
import dev.centime.kit.Role;
import io.quarkus.security.identity.SecurityIdentity;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.UriInfo;
import java.time.Clock;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestResponse;
import org.jspecify.annotations.Nullable;

/** Asks all services at once and puts their answers side by side. One that is down or slow costs its part, not the whole. */
@Path("/api/v1/dashboard/overview")
@Tag(name = "Dashboard")
public class OverviewResource {
    private static final long FORECAST_WINDOW_SECONDS = 300;
    private static final int BAD_REQUEST = 400;

    private final SecurityIdentity identity;
    private final Parts parts;
    private final Clock clock;

    OverviewResource(SecurityIdentity identity, Parts parts, Clock clock) {
        this.identity = identity;
        this.parts = parts;
        this.clock = clock;
    }

    private record Asked(Section section, Part part) {}

    @GET
    @RolesAllowed({Role.Names.USER, Role.Names.ORG_ADMIN, Role.Names.PLATFORM_ADMIN})
    @Operation(
            summary = "Costs, budgets, forecast and advice in one answer",
            description =
                    "Each section is the answer of the service it comes from; one that does not answer in time is null and its"
                            + " service named in `unavailable`. Takes a period and filters as the reads of cost do.")
    public Uni<RestResponse<JsonNode>> overview(
            @Context UriInfo uri, @HeaderParam(Headers.AT_LEAST) @Nullable String atLeast) {
        Admitted admitted = identity.getAttribute(DoorAuthentication.ADMITTED);
        var now = clock.instant();
        var asked = asked(uri, atLeast, admitted, now);
        var burnRate = ask(Section.BURN_RATE, asked).memoize().indefinitely();
        return Uni.join()
                .all(Arrays.stream(Section.values())
                        .map(section -> switch (section) {
                            case BURN_RATE -> burnRate;
                            case FORECAST -> burnRate.chain(rate -> forecast(rate.part(), asked));
                            default -> ask(section, asked);
                        })
                        .toList())
                .andCollectFailures()
                .map(answers -> combined(answers, now));
    }

    /** Asked when the same service has said what is known; not at all when it says nothing. */
    private Uni<Asked> forecast(Part burnRate, Section.Asked asked) {
        var answer = burnRate.answer();
        return answer == null
                ? Uni.createFrom().item(new Asked(Section.FORECAST, burnRate))
                : ask(Section.FORECAST, asked.resting(answer.body()));
    }

    private Section.Asked asked(UriInfo uri, @Nullable String atLeast, Admitted admitted, Instant now) {
        Map<String, List<String>> parameters = new TreeMap<>(uri.getQueryParameters());
        var window = Long.toString(now.getEpochSecond() / FORECAST_WINDOW_SECONDS);
        return new Section.Asked(
                parameters, parts.headers(admitted, atLeast), admitted.caller().id(), window);
    }

    private Uni<Asked> ask(Section section, Section.Asked asked) {
        return parts.ask(section.question(asked)).map(part -> new Asked(section, part));
    }

    private static RestResponse<JsonNode> combined(List<Asked> answers, Instant now) {
        var body = JsonNodeFactory.instance.objectNode();
        body.put("as_of", now.toString());
        for (var asked : answers) {
            var answer = asked.part().answer();
            if (answer != null
                    && answer.status() == BAD_REQUEST
                    && asked.section().judgesTheQuery()) {
                return RestResponse.ResponseBuilder.create(RestResponse.Status.BAD_REQUEST, answer.body())
                        .type("application/problem+json")
                        .build();
            }
            body.set(asked.section().text(), asked.part().body());
        }
        var names = body.putArray("unavailable");
        Parts.unavailable(answers.stream().map(Asked::part).toList()).forEach(names::add);
        return RestResponse.ok(body);
    }
}
