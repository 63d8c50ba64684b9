package dev.centime.gateway.view.overview;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.centime.gateway.GatewaySettings;
import dev.centime.gateway.door.Admitted;
import dev.centime.gateway.door.DoorAuthentication;
import dev.centime.gateway.door.TokenMint;
import dev.centime.gateway.route.ServiceQuestions;
import dev.centime.gateway.route.ServiceQuestions.Answer;
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
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.RestResponse;
import org.jspecify.annotations.Nullable;

/** Asks all services at once and puts their answers side by side. One that is down or slow costs its part, not the whole. */
@Path("/api/v1/dashboard/overview")
@Tag(name = "Dashboard")
public class OverviewResource {
    private static final Logger LOG = Logger.getLogger(OverviewResource.class);

    /** What a read that waits for a write may take longer. */
    private static final Duration AT_LEAST_PATIENCE = Duration.ofSeconds(5);

    private static final long FORECAST_WINDOW_SECONDS = 300;
    private static final int BAD_REQUEST = 400;
    private static final int SERVER_ERROR = 500;

    private final SecurityIdentity identity;
    private final ServiceQuestions services;
    private final TokenMint mint;
    private final GatewaySettings settings;
    private final Clock clock;

    OverviewResource(
            SecurityIdentity identity,
            ServiceQuestions services,
            TokenMint mint,
            GatewaySettings settings,
            Clock clock) {
        this.identity = identity;
        this.services = services;
        this.mint = mint;
        this.settings = settings;
        this.clock = clock;
    }

    private record Part(Section section, @Nullable Answer answer) {}

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
        var patience = atLeast == null
                ? settings.timeouts().section()
                : settings.timeouts().section().plus(AT_LEAST_PATIENCE);
        var burnRate = ask(Section.BURN_RATE, asked, patience).memoize().indefinitely();
        return Uni.join()
                .all(Arrays.stream(Section.values())
                        .map(section -> switch (section) {
                            case BURN_RATE -> burnRate;
                            case FORECAST -> burnRate.chain(rate -> forecast(rate, asked, patience));
                            default -> ask(section, asked, patience);
                        })
                        .toList())
                .andCollectFailures()
                .map(parts -> combined(parts, now));
    }

    /** Asked when the same service has said what is known; not at all when it says nothing. */
    private Uni<Part> forecast(Part burnRate, Section.Asked asked, Duration patience) {
        var answer = burnRate.answer();
        return answer == null
                ? Uni.createFrom().item(new Part(Section.FORECAST, null))
                : ask(Section.FORECAST, asked.resting(answer.body()), patience);
    }

    private Section.Asked asked(UriInfo uri, @Nullable String atLeast, Admitted admitted, Instant now) {
        var headers = new HashMap<String, String>();
        headers.put("Authorization", "Bearer " + mint.token(admitted));
        if (atLeast != null) {
            headers.put(Headers.AT_LEAST, atLeast);
        }
        Map<String, List<String>> parameters = new TreeMap<>(uri.getQueryParameters());
        var window = Long.toString(now.getEpochSecond() / FORECAST_WINDOW_SECONDS);
        return new Section.Asked(parameters, headers, admitted.caller().id(), window);
    }

    private Uni<Part> ask(Section section, Section.Asked asked, Duration patience) {
        return services.ask(section.question(asked), patience)
                .map(answer -> new Part(section, answer))
                .onFailure()
                .invoke(failure -> LOG.debugf("no %s: %s", section.text(), failure))
                .onFailure()
                .recoverWithItem(new Part(section, null));
    }

    private static RestResponse<JsonNode> combined(List<Part> parts, Instant now) {
        var answers = new EnumMap<Section, JsonNode>(Section.class);
        var unavailable = new TreeSet<String>();
        for (var part : parts) {
            var section = part.section();
            var answer = part.answer();
            if (answer == null || answer.status() >= SERVER_ERROR) {
                unavailable.add(section.service().text());
            } else if (answer.isOk()) {
                answers.put(section, answer.body());
            } else if (section.judgesTheQuery() && answer.status() == BAD_REQUEST) {
                return RestResponse.ResponseBuilder.create(RestResponse.Status.BAD_REQUEST, answer.body())
                        .type("application/problem+json")
                        .build();
            }
        }
        var body = JsonNodeFactory.instance.objectNode();
        body.put("as_of", now.toString());
        for (var section : Section.values()) {
            body.set(section.text(), answers.getOrDefault(section, Section.absent()));
        }
        var names = body.putArray("unavailable");
        new ArrayList<>(unavailable).forEach(names::add);
        return RestResponse.ok(body);
    }
}
