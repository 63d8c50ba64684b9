package dev.centime.gateway.route;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpHeaders;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Asks a service for something small and reads the answer whole: for what the gateway combines from several. */
@ApplicationScoped
public class ServiceQuestions {
    /** No part of a combined answer is near this. */
    private static final int MAX_ANSWER_BYTES = 8 * 1024 * 1024;

    private final ServiceConnections services;
    private final ObjectMapper json;

    ServiceQuestions(ServiceConnections services, ObjectMapper json) {
        this.services = services;
        this.json = json;
    }

    /**
     * A question.
     *
     * @param target path and query
     * @param headers beside those that every question has
     * @param body null for none
     */
    public record Question(
            Service service,
            String method,
            String target,
            Map<String, String> headers,
            @Nullable JsonNode body) {
        public static Question get(Service service, String target, Map<String, String> headers) {
            return new Question(service, "GET", target, headers, null);
        }
    }

    /** @param body missing when the answer has none or it is no JSON */
    public record Answer(int status, JsonNode body) {
        public boolean isOk() {
            return status >= 200 && status < 300;
        }
    }

    /** Whatever the service says, also that it will not; fails when it says nothing within the patience. */
    public Uni<Answer> ask(Question question, Duration patience) {
        return Uni.createFrom()
                .completionStage(() -> send(question, patience).toCompletionStage())
                .ifNoItem()
                .after(patience)
                .fail();
    }

    private Future<Answer> send(Question question, Duration patience) {
        // Off the event loops, a step after the first could be added when the answer has passed by already.
        return services.request(question.service(), question.method(), question.target(), patience)
                .compose(request -> send(request, question).compose(response -> whole(response)
                        .map(body -> new Answer(response.statusCode(), read(body)))));
    }

    private Future<HttpClientResponse> send(HttpClientRequest request, Question question) {
        question.headers().forEach(request::putHeader);
        request.putHeader(HttpHeaders.ACCEPT, "application/json");
        if (question.body() == null) {
            return request.send();
        }
        request.putHeader(HttpHeaders.CONTENT_TYPE, "application/json");
        return request.send(Buffer.buffer(written(question.body())));
    }

    private static Future<Buffer> whole(HttpClientResponse response) {
        Promise<Buffer> promise = Promise.promise();
        var body = Buffer.buffer();
        response.handler(part -> {
            if (body.length() + part.length() > MAX_ANSWER_BYTES) {
                promise.tryFail("an answer of more than " + MAX_ANSWER_BYTES + " bytes");
                response.request().reset();
            } else {
                body.appendBuffer(part);
            }
        });
        response.exceptionHandler(promise::tryFail);
        response.endHandler(end -> promise.tryComplete(body));
        return promise.future();
    }

    private byte[] written(JsonNode body) {
        try {
            return json.writeValueAsBytes(body);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    private JsonNode read(Buffer body) {
        if (body.length() == 0) {
            return MissingNode.getInstance();
        }
        try {
            return json.readTree(body.getBytes());
        } catch (IOException e) {
            return MissingNode.getInstance();
        }
    }
}
