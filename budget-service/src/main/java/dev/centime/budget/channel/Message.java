package dev.centime.budget.channel;

import com.fasterxml.jackson.databind.JsonNode;
import dev.centime.budget.limit.Display;
import dev.centime.contracts.AlertRaised;
import dev.centime.contracts.Money;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What an alert says to people.
 *
 * @param subject one line
 * @param text several lines, the first of which says it all
 * @param urgent whether it should be seen before others
 */
record Message(String subject, String text, boolean urgent) {
    private static final String THRESHOLD = "budget-threshold";

    static Message of(AlertRaised alert, Links links) {
        return alert.kind().equals(THRESHOLD) && alert.details() != null
                ? ofBudget(alert, alert.details(), links)
                : new Message(
                        line(alert.title()),
                        "⚠ " + line(alert.title()) + "\n" + indented(alert.message()) + "\n\nAll alerts: "
                                + links.alerts() + "\n",
                        alert.severity().equals("critical"));
    }

    private static Message ofBudget(AlertRaised alert, JsonNode details, Links links) {
        var name = line(details.path("budget_name").asText());
        var spend = Money.of(details.path("spend").asText("0"));
        var limit = Money.of(details.path("limit").asText("1"));
        var level = details.path("alert_level").asText();
        var exceeded = level.equals("exceeded");
        var subject = exceeded
                ? "Budget " + name + " has been exceeded"
                : "Budget " + name + " is at " + Display.percent(spend, limit) + " utilization";
        var text = "⚠ " + indentedAfterFirst(alert.message()) + "\n   Run 'centime cost forecast' for details.\n\n"
                + subject + ".\n" + figures(alert, details, spend, limit)
                + advice(level, details, links, alert.entity());
        return new Message(exceeded ? "Urgent: " + subject : subject, text, exceeded);
    }

    private static String figures(AlertRaised alert, JsonNode details, Money spend, Money limit) {
        var left = limit.minus(spend);
        var room = left.isNegative()
                ? Display.dollars(spend.minus(limit)) + " over the limit"
                : Display.dollars(left) + " left";
        var days = instant(details.path("window_end").asText())
                .filter(end -> end.isAfter(alert.raisedAt()))
                .map(end -> ", " + Display.duration(Duration.between(alert.raisedAt(), end)) + " remaining")
                .orElse("");
        return Display.dollars(spend) + " of " + Display.dollars(limit) + " spent, " + room + days + ".\n";
    }

    private static String advice(String level, JsonNode details, Links links, String entity) {
        var stops = details.path("action").asText().equals("block")
                ? "Calls that this budget covers are stopped until its period ends or an administrator lets more be spent.\n"
                : "";
        return switch (level) {
            case "exceeded" ->
                stops + "Cut costs at once: " + links.recommendations() + "\nAsk for a higher limit: POST "
                        + links.of(entity).get("increase_requests") + "\n";
            case "critical" -> stops + "Reduce costs now; what would save most: " + links.recommendations() + "\n";
            default -> stops + "Look at what costs most: " + links.dashboard() + "\n";
        };
    }

    private static Optional<Instant> instant(String text) {
        try {
            return text.isEmpty() ? Optional.empty() : Optional.of(Instant.parse(text));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    private static String indentedAfterFirst(String message) {
        var lines = message.strip().split("\n", 2);
        return lines.length == 1 ? line(lines[0]) : line(lines[0]) + "\n" + indented(lines[1]);
    }

    private static String indented(String message) {
        return message.strip().lines().map(each -> "   " + line(each)).collect(Collectors.joining("\n"));
    }

    /** Without control characters: other services' words are not known here. */
    private static String line(String text) {
        return text.replaceAll("\\p{Cntrl}+", " ").strip();
    }
}
