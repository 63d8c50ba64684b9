package dev.centime.cli.ask;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.centime.cli.Failure;
import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;

/** The REST API at one address, with one key. Answers are JSON; refusals become a {@link Failure} of one line. */
public final class Gateway {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Duration UPLOAD_PATIENCE = Duration.ofHours(2);
    private static final int REFUSAL_BYTES = 64 * 1024;
    private static final ObjectMapper JSON = new ObjectMapper();

    private final String address;
    private final String key;
    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(5))
            .build();

    public Gateway(String address, String key) {
        this.address = address.endsWith("/") ? address.substring(0, address.length() - 1) : address;
        this.key = key;
    }

    public String address() {
        return address;
    }

    public JsonNode get(String path, Query query) {
        return send("GET", path + query, BodyPublishers.noBody(), Map.of()).body();
    }

    public JsonNode post(String path, JsonNode body) {
        return send("POST", path, json(body), Map.of()).body();
    }

    public JsonNode patch(String path, JsonNode body, String etag) {
        return send("PATCH", path, json(body), Map.of("If-Match", etag)).body();
    }

    public void delete(String path) {
        send("DELETE", path, BodyPublishers.noBody(), Map.of());
    }

    /** A body, with the headers that came with it. */
    public record Answer(JsonNode body, java.net.http.HttpHeaders headers) {
        public String header(String name) {
            return headers.firstValue(name).orElse("");
        }
    }

    /** With the version of the thing in its ETag, for a PATCH. */
    public Answer getForEdit(String path) {
        return send("GET", path, BodyPublishers.noBody(), Map.of());
    }

    /** Sends a file, however long it takes. @param type of the form that it is in */
    public Answer upload(String path, BodyPublisher form, String type) {
        return send("POST", path, form, Map.of("Content-Type", type), UPLOAD_PATIENCE);
    }

    /** What becomes of a body as it comes. */
    @FunctionalInterface
    public interface Taken {
        void take(InputStream body) throws IOException;
    }

    /** Reads an answer of any size and kind as it comes; one that breaks off is a {@link Failure}. */
    public void download(String path, Query query, Taken taken) {
        var request = HttpRequest.newBuilder(uri(path + query))
                .timeout(PATIENCE)
                .header("Authorization", "Bearer " + key)
                .build();
        var answer = sent(request, HttpResponse.BodyHandlers.ofInputStream(), PATIENCE);
        try (var body = answer.body()) {
            if (answer.statusCode() / 100 != 2) {
                throw Refusal.of(
                        answer.statusCode(),
                        new String(body.readNBytes(REFUSAL_BYTES), StandardCharsets.UTF_8),
                        answer.headers());
            }
            taken.take(body);
        } catch (IOException e) {
            throw new Failure("The answer of " + address + " broke off: " + e.getMessage(), Failure.UNREACHABLE);
        }
    }

    /** Sends and reads; anything but a 2xx is a {@link Failure}. */
    public Answer send(String method, String path, BodyPublisher body, Map<String, String> headers) {
        return send(method, path, body, headers, PATIENCE);
    }

    private Answer send(
            String method, String path, BodyPublisher body, Map<String, String> headers, Duration patience) {
        var request = HttpRequest.newBuilder(uri(path))
                .timeout(patience)
                .header("Authorization", "Bearer " + key)
                .header("Accept", "application/json")
                .header("Content-Type", "application/json")
                .method(method, body);
        headers.forEach(request::setHeader);
        var answer = sent(request.build(), HttpResponse.BodyHandlers.ofString(), patience);
        if (answer.statusCode() / 100 != 2) {
            throw Refusal.of(answer.statusCode(), answer.body(), answer.headers());
        }
        try {
            return new Answer(JSON.readTree(answer.body().isBlank() ? "null" : answer.body()), answer.headers());
        } catch (IOException e) {
            throw new Failure("The answer of " + address + " cannot be read: " + e.getMessage(), Failure.UNREACHABLE);
        }
    }

    private <T> HttpResponse<T> sent(HttpRequest request, HttpResponse.BodyHandler<T> body, Duration patience) {
        try {
            return http.send(request, body);
        } catch (ConnectException e) {
            throw new Failure(
                    "Nobody answers at " + address + ": start Centime with `centime up`, or set CENTIME_URL.",
                    Failure.UNREACHABLE);
        } catch (HttpTimeoutException e) {
            throw new Failure(address + " did not answer within " + patience.toSeconds() + " s.", Failure.UNREACHABLE);
        } catch (IOException e) {
            throw new Failure("The connection to " + address + " failed: " + e.getMessage(), Failure.UNREACHABLE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Failure("Interrupted.");
        }
    }

    private URI uri(String path) {
        try {
            return URI.create(address + "/api/v1" + path);
        } catch (IllegalArgumentException e) {
            throw new Failure("CENTIME_URL is not an address: " + address, 2);
        }
    }

    private static BodyPublisher json(JsonNode body) {
        return BodyPublishers.ofString(body.toString());
    }
}
