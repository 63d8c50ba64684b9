package dev.centime.gateway.view.overview;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.centime.gateway.route.Service;
import dev.centime.gateway.route.ServiceQuestions.Question;
import dev.centime.kit.Filters;
import dev.centime.kit.Period;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A part of the overview: one service's answer to one question, unchanged. */
enum Section {
    SUMMARY("summary", Service.INGEST, "/api/v1/costs/summary", Pass.FILTERS),
    HISTORY("history", Service.INGEST, "/api/v1/costs/history", Pass.PERIOD_AND_FILTERS),
    BY_MODEL("by_model", Service.INGEST, "/api/v1/costs/breakdown?dimension=model&limit=20", Pass.PERIOD_AND_FILTERS),
    BUDGETS("budgets", Service.BUDGET, "/api/v1/budgets?limit=100", Pass.NOTHING),
    ALERTS("alerts", Service.BUDGET, "/api/v1/alerts?limit=10", Pass.NOTHING),
    FORECAST("forecast", Service.FORECAST, "/api/v1/costs/forecast", Pass.NOTHING) {
        @Override
        Question question(Asked asked) {
            var body = JsonNodeFactory.instance.objectNode().put("horizon_days", FORECAST_DAYS);
            var headers = new HashMap<>(asked.headers());
            // A forecast is kept to be scored; a page that looks every few seconds must not fill the log with the same
            // one.
            headers.put("Idempotency-Key", "overview-" + asked.callerId() + "-" + asked.forecastKey());
            return new Question(service(), "POST", path(), headers, body);
        }
    },
    BURN_RATE("burn_rate", Service.FORECAST, "/api/v1/costs/burn-rate", Pass.NOTHING),
    RECOMMENDATIONS(
            "recommendations", Service.RECOMMENDATION, "/api/v1/recommendations?status=pending&limit=10", Pass.NOTHING);

    private static final int FORECAST_DAYS = 30;

    private final String text;
    private final Service service;
    private final String path;
    private final Pass pass;

    Section(String text, Service service, String path, Pass pass) {
        this.text = text;
        this.service = service;
        this.path = path;
        this.pass = pass;
    }

    /** Which of the parameters a section understands. */
    private enum Pass {
        NOTHING,
        FILTERS,
        PERIOD_AND_FILTERS;

        boolean takes(String name) {
            return switch (this) {
                case NOTHING -> false;
                case FILTERS -> Filters.isFilter(name) || name.equals("as_of");
                case PERIOD_AND_FILTERS ->
                    Period.PARAMETERS.contains(name) || name.equals("granularity") || FILTERS.takes(name);
            };
        }
    }

    /**
     * What was asked of the whole.
     *
     * @param parameters of the query, decoded
     * @param forecastKey changes as often as a new forecast is worth making
     */
    record Asked(
            Map<String, List<String>> parameters, Map<String, String> headers, String callerId, String forecastKey) {
        /** The same, when it is known what a forecast would rest on: with the first days that are known it is another. */
        Asked resting(JsonNode burnRate) {
            var days = burnRate.path("days_used").asText("0");
            return new Asked(parameters, headers, callerId, forecastKey + "-" + days);
        }
    }

    /** The member of the answer. */
    String text() {
        return text;
    }

    Service service() {
        return service;
    }

    String path() {
        return path;
    }

    Question question(Asked asked) {
        var target = new StringBuilder(path);
        asked.parameters().forEach((name, values) -> {
            if (pass.takes(name)) {
                values.forEach(value -> target.append(target.indexOf("?") < 0 ? '?' : '&')
                        .append(encoded(name))
                        .append('=')
                        .append(encoded(value)));
            }
        });
        return Question.get(service, target.toString(), asked.headers());
    }

    private static String encoded(String text) {
        return java.net.URLEncoder.encode(text, java.nio.charset.StandardCharsets.UTF_8);
    }

    /** Whether a refusal of this section is the caller's fault and so the answer to the whole. */
    boolean judgesTheQuery() {
        return this == HISTORY;
    }
}
