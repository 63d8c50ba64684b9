package dev.centime.gateway.view.openapi;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.centime.gateway.GatewaySettings;
import dev.centime.gateway.route.RouteTable;
import dev.centime.gateway.route.Service;
import dev.centime.gateway.route.ServiceQuestions;
import dev.centime.gateway.route.ServiceQuestions.Answer;
import dev.centime.gateway.route.ServiceQuestions.Question;
import io.quarkus.smallrye.openapi.runtime.OpenApiDocumentService;
import io.smallrye.mutiny.Uni;
import io.smallrye.openapi.runtime.io.Format;
import jakarta.annotation.security.PermitAll;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.eclipse.microprofile.openapi.annotations.Operation;

/** Asks every service for its document and shows one. What the gateway does not pass on is not in it. */
@Path("/")
@PermitAll
public class OpenApiResource {
    private static final String DEFAULT_DOCUMENT = "<default>";
    private static final String DOCUMENT = "/q/openapi?format=json";

    /** What is the gateway's own to show; the rest of its document is for machines of the platform. */
    private static final List<String> OWN = List.of("/api/", "/health", "/.well-known/");

    private final RouteTable routes;
    private final ServiceQuestions services;
    private final GatewaySettings settings;
    private final OpenApiDocumentService own;
    private final ObjectMapper json;
    private final YAMLMapper yaml = new YAMLMapper();

    /** A service that is down is shown as it last was: its document changes with its version only. */
    private final Map<Service, JsonNode> last = new ConcurrentHashMap<>(new EnumMap<>(Service.class));

    OpenApiResource(
            RouteTable routes,
            ServiceQuestions services,
            GatewaySettings settings,
            OpenApiDocumentService own,
            ObjectMapper json) {
        this.routes = routes;
        this.services = services;
        this.settings = settings;
        this.own = own;
        this.json = json;
    }

    @GET
    @Path("/openapi.json")
    @Produces(MediaType.APPLICATION_JSON)
    @Operation(hidden = true)
    public Uni<ObjectNode> asJson() {
        return merged();
    }

    @GET
    @Path("/openapi.yaml")
    @Produces("application/yaml")
    @Operation(hidden = true)
    public Uni<String> asYaml() {
        return merged().map(document -> {
            try {
                return yaml.writeValueAsString(document);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }

    private Uni<ObjectNode> merged() {
        return Uni.join()
                .all(Arrays.stream(Service.values()).map(this::fetch).toList())
                .andFailFast()
                .map(asked -> {
                    var document = new MergedDocument().add("gateway", ownDocument(), (method, path) -> isOwn(path));
                    for (var service : Service.values()) {
                        var part = last.get(service);
                        if (part != null) {
                            document.add(service.text(), part, (method, path) -> isPassedOn(service, method, path));
                        }
                    }
                    return document.build();
                });
    }

    private Uni<Boolean> fetch(Service service) {
        return services.ask(
                        Question.get(service, DOCUMENT, Map.of()),
                        settings.timeouts().section())
                .map(Answer::body)
                .invoke(document -> {
                    if (document.has("paths")) {
                        last.put(service, document);
                    }
                })
                .replaceWith(true)
                .onFailure()
                .recoverWithItem(false);
    }

    private JsonNode ownDocument() {
        try {
            return json.readTree(own.getDocument(DEFAULT_DOCUMENT, Format.JSON));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean isOwn(String path) {
        return OWN.stream().anyMatch(path::startsWith);
    }

    private boolean isPassedOn(Service service, String method, String path) {
        return routes.all().stream()
                .anyMatch(route -> route.service() == service
                        && route.method().equals(method)
                        && (route.template().equals(path) || route.target().equals(path)));
    }
}
