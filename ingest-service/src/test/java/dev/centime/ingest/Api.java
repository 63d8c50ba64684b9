package dev.centime.ingest;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.centime.eventstore.log.Position;
import io.restassured.RestAssured;
import io.restassured.config.EncoderConfig;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** The service as one caller sees it; what it reads waits for what any of them wrote for its organization. */
public final class Api {
    private static final ObjectMapper MAPPER = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();

    /** Up to where each organization's log was written, by the service's own word. */
    private static final Map<String, Position> POSITIONS = new ConcurrentHashMap<>();

    private final String token;
    private final String organization;

    public Api(String token) {
        this.token = token;
        this.organization = json(new String(
                        Base64.getUrlDecoder().decode(token.split("\\.")[1]), StandardCharsets.UTF_8))
                .path("org")
                .asText();
    }

    private RequestSpecification request() {
        var request = given().header("Authorization", "Bearer " + token);
        var position = POSITIONS.get(organization);
        return position == null ? request : request.header("Centime-At-Least", position.toString());
    }

    private Response written(Response response) {
        var position = response.header("Centime-Position");
        if (position != null) {
            POSITIONS.merge(organization, Position.parse(position), Api::farther);
        }
        return response;
    }

    /** What was recorded before answers with where it lies, which may be long before what was recorded last. */
    private static Position farther(Position known, Position told) {
        return known.timeline() == told.timeline() && known.offset() > told.offset() ? known : told;
    }

    /** Records usage. */
    public JsonNode record(String json) {
        var response = written(request()
                .contentType("application/json")
                .body(json.getBytes(StandardCharsets.UTF_8))
                .post("/api/v1/usage"));
        assertThat(response.statusCode()).as(response.asString()).isEqualTo(200);
        return tree(response);
    }

    /**
     * Sends a body of any format; what is read later waits for what it recorded.
     *
     * @param headers names and values in turn
     */
    public Response send(String path, String contentType, byte[] body, String... headers) {
        var request = request()
                .config(RestAssured.config()
                        .encoderConfig(EncoderConfig.encoderConfig()
                                .encodeContentTypeAs(contentType, ContentType.TEXT)
                                .appendDefaultContentCharsetToContentTypeIfUndefined(false)))
                .contentType(contentType);
        for (int i = 0; i < headers.length; i += 2) {
            request.header(headers[i], headers[i + 1]);
        }
        return written(request.body(body).post(path));
    }

    /** Sets a contract price of the caller's organization, or with {@code null} one of the catalogue. */
    public Response setPrice(@Nullable String organization, String json) {
        var request = request().contentType("application/json").body(json);
        return (organization == null ? request : request.header("X-Organization", organization))
                .post("/api/v1/pricing/models");
    }

    /** Sends JSON. @param organization for whom a platform admin acts, null to say nobody */
    public Response post(String path, @Nullable String organization, String json) {
        var request = request().contentType("application/json").body(json);
        return (organization == null ? request : request.header("X-Organization", organization)).post("/api/v1" + path);
    }

    /** Prices calls again, and waits until that is done. @return the run */
    public JsonNode reprice(String organization, String json) {
        var started = post("/pricing/reprice", organization, json);
        assertThat(started.statusCode()).as(started.asString()).isEqualTo(202);
        var id = tree(started).get("id").asText();
        org.awaitility.Awaitility.await()
                .atMost(java.time.Duration.ofSeconds(60))
                .until(() -> !List.of("waiting", "running")
                        .contains(get("/pricing/reprice/" + id).get("state").asText()));
        return get("/pricing/reprice/" + id);
    }

    public JsonNode get(String path) {
        var response = request().get("/api/v1" + path);
        assertThat(response.statusCode()).as(path + ": " + response.asString()).isEqualTo(200);
        return tree(response);
    }

    public Response response(String path) {
        return request().get("/api/v1" + path);
    }

    public Response head(String path) {
        return request().head("/api/v1" + path);
    }

    private static JsonNode tree(Response response) {
        return json(response.asString());
    }

    /** JSON as answers are read: numbers are equal when their values are. */
    public static JsonNode json(String text) {
        try {
            return MAPPER.readTree(text);
        } catch (JsonProcessingException e) {
            throw new AssertionError(e);
        }
    }
}
