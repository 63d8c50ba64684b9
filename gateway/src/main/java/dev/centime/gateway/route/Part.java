package dev.centime.gateway.route;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.centime.gateway.route.ServiceQuestions.Answer;
import org.jspecify.annotations.Nullable;

/** What a service said to one question. @param answer null when it said nothing in time */
public record Part(Service service, @Nullable Answer answer) {
    private static final int SERVER_ERROR = 500;

    /** Whether the answer as a whole must name the service as unavailable. */
    public boolean isMissing() {
        return answer == null || answer.status() >= SERVER_ERROR;
    }

    /** Whether the service understood, and will not. */
    public boolean isRefused() {
        return answer != null && !answer.isOk() && !isMissing();
    }

    /** As it stands in the combined answer: JSON null without one. */
    public JsonNode body() {
        return answer != null && answer.isOk() ? answer.body() : JsonNodeFactory.instance.nullNode();
    }
}
