package dev.centime.budget.channel;

import com.fasterxml.jackson.databind.JsonNode;
import dev.centime.budget.Severity;
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
    /** What is seen of a subject in a list of mail. */
    private static final int MOST_OF_SUBJECT = 200;

    private static final int MOST_OF_NAME = 100;
    /** Less than any of the channels takes, so that the links behind it are never what is cut off. */
    private static final int MOST_OF_MESSAGE = 8_000;

    static Message of(AlertRaised alert, Links links) {
        return alert.kind().equals(THRESHOLD) && alert.details() != null
                ? ofBudget(alert, alert.details(), links)
                : ofAnother(alert, links);
    }

    /** In its own words, of which nothing is known here. */
    private static Message ofAnother(AlertRaised alert, Links links) {
        var title = OneLine.of(alert.title(), MOST_OF_SUBJECT);
        var more = links.more(alert);
        return new Message(
                title,
                "⚠ " + title + "\n" + indented(alert.message()) + "\n\n" + (more == null ? "" : "More: " + more + "\n")
                        + "All alerts: " + links.alerts() + "\n",
                Severity.of(alert) == Severity.CRITICAL);
    }

    /** What it says before it leads elsewhere, on one line. */
    String inShort() {
        var end = text.indexOf("\n\n");
        return OneLine.of((end < 0 ? text : text.substring(0, end)).replaceAll("\n\\s*", " "));
    }

    private static Message ofBudget(AlertRaised alert, JsonNode details, Links links) {
        var name = OneLine.of(details.path("budget_name").asText(), MOST_OF_NAME);
        var spend = Money.of(details.path("spend").asText("0"));
        var limit = Money.of(details.path("limit").asText("1"));
        var level = details.path("alert_level").asText();
        var exceeded = level.equals("exceeded");
        var subject = exceeded
                ? "Budget " + name + " has been exceeded"
                : "Budget " + name + " is at " + Display.percent(spend, limit) + " utilization";
        var text = "⚠ " + indentedAfterFirst(alert.message()) + "\n   Run 'centime cost forecast' for details.\n\n"
                + subject + ".\n" + figures(alert, details, spend, limit)
                + advice(level, details, links, alert);
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

    private static String advice(String level, JsonNode details, Links links, AlertRaised alert) {
        var stops = details.path("action").asText().equals("block")
                ? "Calls that this budget covers are stopped until its period ends or an administrator lets more be spent.\n"
                : "";
        return switch (level) {
            case "exceeded" ->
                stops + "Cut costs at once: " + links.recommendations() + "\nAsk for a higher limit: POST "
                        + links.of(alert).get("increase_requests") + "\n";
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
        var lines = OneLine.cut(message.strip(), MOST_OF_MESSAGE).split("\n", 2);
        return lines.length == 1 ? OneLine.of(lines[0]) : OneLine.of(lines[0]) + "\n" + indented(lines[1]);
    }

    private static String indented(String message) {
        return OneLine.cut(message.strip(), MOST_OF_MESSAGE)
                .lines()
                .map(each -> "   " + OneLine.of(each))
                .collect(Collectors.joining("\n"));
    }
}
