package dev.centime.cli.ask;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.centime.cli.Failure;
import java.net.http.HttpHeaders;
import java.util.ArrayList;

/** A problem+json answer as one line that says what to do. */
final class Refusal {
    private static final ObjectMapper JSON = new ObjectMapper();

    private Refusal() {}

    static Failure of(int status, String body, HttpHeaders headers) {
        var said = said(body);
        return switch (status) {
            case 401 ->
                new Failure(
                        "The key is not known there (401): set CENTIME_API_KEY to a valid one.", Failure.NOT_ALLOWED);
            case 403 -> new Failure("This key may not do that (403): " + said, Failure.NOT_ALLOWED);
            case 503 -> new Failure("The service is not ready (503): " + said + retry(headers), Failure.UNREACHABLE);
            default -> new Failure("Refused (" + status + "): " + said);
        };
    }

    private static String said(String body) {
        try {
            var problem = JSON.readTree(body);
            var parts = new ArrayList<String>();
            var detail = problem.path("detail").asText("");
            parts.add(detail.isBlank() ? problem.path("title").asText("no reason given") : detail);
            for (var error : problem.path("errors")) {
                parts.add(text(error, "field") + ": " + text(error, "reason"));
            }
            return String.join("; ", parts);
        } catch (JsonProcessingException e) {
            return body.length() > 200 ? body.substring(0, 200) + "…" : body;
        }
    }

    private static String text(JsonNode node, String field) {
        return node.path(field).asText("");
    }

    private static String retry(HttpHeaders headers) {
        return headers.firstValue("Retry-After")
                .map(seconds -> "; try again in " + seconds + " s")
                .orElse("");
    }
}
