package dev.centime.gateway.view.health;

import dev.centime.gateway.GatewaySettings;
import dev.centime.gateway.route.Service;
import dev.centime.gateway.route.ServiceQuestions;
import dev.centime.gateway.route.ServiceQuestions.Answer;
import dev.centime.gateway.route.ServiceQuestions.Question;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.PermitAll;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestResponse;

/** Asks every service whether it is ready. Says which are, and nothing else: it is open to all. */
@Path("/health")
@Tag(name = "Platform")
public class HealthResource {
    private static final String READY = "/q/health/ready";

    private final ServiceQuestions services;
    private final GatewaySettings settings;

    HealthResource(ServiceQuestions services, GatewaySettings settings) {
        this.services = services;
        this.settings = settings;
    }

    @GET
    @PermitAll
    @Operation(
            summary = "Whether every service is ready",
            description = "200 when all are, else 503; the body names each.")
    public Uni<RestResponse<Health>> health() {
        return Uni.join()
                .all(Arrays.stream(Service.values()).map(this::state).toList())
                .andFailFast()
                .map(states -> {
                    var byService = new TreeMap<String, String>();
                    states.forEach(state -> byService.put(state.getKey(), state.getValue()));
                    return answer(Health.of(byService));
                });
    }

    private Uni<Map.Entry<String, String>> state(Service service) {
        return services.ask(
                        Question.get(service, READY, Map.of()),
                        settings.timeouts().section())
                .map(Answer::isOk)
                .onFailure()
                .recoverWithItem(false)
                .map(ready -> Map.entry(service.text(), ready ? Health.UP : Health.DOWN));
    }

    private static RestResponse<Health> answer(Health health) {
        var status =
                health.status().equals(Health.UP) ? RestResponse.Status.OK : RestResponse.Status.SERVICE_UNAVAILABLE;
        return RestResponse.ResponseBuilder.create(status, health).build();
    }
}
