package dev.centime.gateway.view.analytics;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.centime.gateway.route.Service;
import dev.centime.gateway.route.ServiceQuestions.Question;
import jakarta.ws.rs.core.UriInfo;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What the pages of analytics ask the services. */
final class AnalyticsQuestions {
    private static final String USED_LIMITS = "/api/v1/analytics/limits/used";

    private AnalyticsQuestions() {}

    /** The same as the gateway was asked. */
    static Question usage(String path, UriInfo uri, Map<String, String> headers) {
        var query = uri.getRequestUri().getRawQuery();
        return Question.get(Service.INGEST, query == null ? path : path + "?" + query, headers);
    }

    /** Who is on a page: none where it is of organizations, or where nobody is shown. */
    static List<String> usersOf(JsonNode usage) {
        var users = new ArrayList<String>();
        if (usage.path("dimension").asText().equals("user")) {
            for (var item : usage.path("items")) {
                if (item.path("key").isTextual()) {
                    users.add(item.path("key").asText());
                }
            }
        }
        return users;
    }

    /** @param users by name, in the order of the answer */
    static Question usedLimits(List<String> users, Map<String, String> headers) {
        var body = JsonNodeFactory.instance.objectNode();
        var names = body.putArray("users");
        users.forEach(names::add);
        return new Question(Service.BUDGET, "POST", USED_LIMITS, headers, body);
    }
}
