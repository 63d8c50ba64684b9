package dev.centime.system;

import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;

/** The REST API of an instance, as plain HTTP. */
final class Api {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(30))
            .build();
    private final String address;
    private final String key;
    private final Map<String, String> always;

    Api(String address, String key) {
        this(address, key, Map.of());
    }

    private Api(String address, String key, Map<String, String> always) {
        this.address = address;
        this.key = key;
        this.always = always;
    }

    /** The same of an organization, as a platform administrator asks. */
    Api in(String organization) {
        return new Api(address, key, Map.of("X-Organization", organization));
    }

    /** An answer, whatever its status. */
    record Answer(int status, String body, java.net.http.HttpHeaders headers) {
        JsonNode json() {
            try {
                return JSON.readTree(body);
            } catch (JsonProcessingException e) {
                throw new AssertionError("not JSON: " + body, e);
            }
        }

        /** Whether it says when to come again ({@code Retry-After}), and nothing was done. */
        boolean isForLater() {
            return status == 503 && headers.firstValue("Retry-After").isPresent();
        }

        JsonNode ok() {
            if (status / 100 != 2) {
                throw new AssertionError("status " + status + ": " + body);
            }
            return json();
        }
    }

    String address() {
        return address;
    }

    JsonNode get(String path) {
        return send("GET", path, new byte[0], Map.of()).ok();
    }

    Answer post(String path, String body) {
        return send("POST", path, body.getBytes(StandardCharsets.UTF_8), Map.of("Content-Type", "application/json"));
    }

    /** As a client should: who is told to come again in a while does, for a while. */
    Answer send(String method, String path, byte[] body, Map<String, String> headers) {
        var first = sendOnce(method, path, body, headers);
        if (!first.isForLater()) {
            return first;
        }
        System.out.println("come again: " + method + " " + path + ": " + first.body());
        var deadline = System.nanoTime() + PATIENCE.toNanos();
        return await().forever()
                .pollInterval(Duration.ofSeconds(1))
                .until(
                        () -> sendOnce(method, path, body, headers),
                        answer -> !answer.isForLater() || System.nanoTime() > deadline);
    }

    private Answer sendOnce(String method, String path, byte[] body, Map<String, String> headers) {
        try {
            return trySend(method, path, body, headers);
        } catch (IOException e) {
            throw new AssertionError(method + " " + path + ": " + e, e);
        }
    }

    /** Throws where no answer came: a connection refused, or cut. */
    Answer trySend(String method, String path, byte[] body, Map<String, String> headers) throws IOException {
        var publisher =
                body.length == 0 ? HttpRequest.BodyPublishers.noBody() : HttpRequest.BodyPublishers.ofByteArray(body);
        var request = request(path).timeout(PATIENCE).method(method, publisher);
        headers.forEach(request::header);
        try {
            var answer = http.send(request.build(), HttpResponse.BodyHandlers.ofString());
            return new Answer(answer.statusCode(), answer.body(), answer.headers());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    /** The beginning of a request by this caller. */
    HttpRequest.Builder request(String path) {
        var request = HttpRequest.newBuilder(URI.create(address + path)).header("Authorization", "Bearer " + key);
        always.forEach(request::header);
        return request;
    }

    HttpClient http() {
        return http;
    }
}
