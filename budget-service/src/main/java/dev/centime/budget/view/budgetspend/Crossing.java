package dev.centime.budget.view.budgetspend;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.centime.budget.DerivedId;
import dev.centime.budget.StandingBudget;
import dev.centime.budget.limit.AlertLevel;
import dev.centime.budget.limit.BurnRate;
import dev.centime.budget.limit.Display;
import dev.centime.budget.limit.Window;
import dev.centime.contracts.AlertRaised;
import dev.centime.contracts.BudgetDefinition.Threshold;
import dev.centime.contracts.Money;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;

/**
 * A budget's spend has reached a threshold.
 *
 * @param window in which
 * @param session whose spend it is, empty unless the budget is for each session
 * @param limit of the window, with what was carried over
 * @param spend at that moment
 * @param at when the log learned of what made it so
 */
record Crossing(
        StandingBudget budget,
        Window window,
        String session,
        Threshold threshold,
        Money limit,
        Money spend,
        Instant at) {

    /** The same for the same budget, measure, window and threshold, whatever is rebuilt or delivered again. */
    String alertId() {
        return DerivedId.of(
                        "budget-threshold",
                        budget.budgetId(),
                        Integer.toString(budget.measuredSince()),
                        budget.periods().identityOf(window, at).toString(),
                        session,
                        threshold.percent().toPlainString())
                .toString();
    }

    /** What to say of it. */
    AlertRaised alert() {
        var definition = budget.definition();
        return new AlertRaised(
                alertId(),
                "budget-threshold",
                severity(),
                "Budget " + definition.name() + " has reached "
                        + threshold.percent().toPlainString() + "%",
                message(),
                "budget/" + budget.budgetId(),
                soleUser(),
                details(),
                at);
    }

    private String severity() {
        return switch (level()) {
            case NONE -> "info";
            case WARNING -> "warning";
            case CRITICAL, EXCEEDED -> "critical";
        };
    }

    private AlertLevel level() {
        return AlertLevel.of(budget.definition().thresholds(), threshold);
    }

    private String percent() {
        return Display.percent(spend, limit);
    }

    private String message() {
        var type = budget.definition().budgetType().text();
        return "Budget Alert: " + type.substring(0, 1).toUpperCase(Locale.ROOT) + type.substring(1)
                + " spend has reached " + percent() + " (" + Display.dollars(spend) + " of " + Display.dollars(limit)
                + ")\n" + outlook();
    }

    private String outlook() {
        if (spend.compareTo(limit) >= 0) {
            return spend.equals(limit)
                    ? "The limit is used up."
                    : "Exceeded by " + Display.dollars(spend.minus(limit)) + ".";
        }
        return BurnRate.exhaustion(window, limit, spend, at)
                .map(when -> "Projected to exceed budget in " + Display.duration(Duration.between(at, when))
                        + " at current rate.")
                .orElse("Not projected to exceed budget in this period at current rate.");
    }

    /** Whose alert it is: that of the one person the budget is about, else the organization's. */
    private @org.jspecify.annotations.Nullable String soleUser() {
        var users = budget.definition().scope().filters().getOrDefault("user", List.of());
        return users.size() == 1 ? users.getFirst() : null;
    }

    private ObjectNode details() {
        var details = JsonNodeFactory.instance.objectNode();
        details.put("budget_id", budget.budgetId());
        details.put("budget_name", budget.definition().name());
        details.put("revision", budget.revision());
        details.put("threshold_percent", threshold.percent().toPlainString());
        details.put("action", threshold.action().text());
        if (!threshold.channels().isEmpty()) {
            var channels = details.putArray("channels");
            threshold.channels().forEach(channel -> channels.add(channel.text()));
        }
        details.put("alert_level", level().text());
        details.put("spend", spend.toString());
        details.put("limit", limit.toString());
        details.put("window_start", window.start().toString());
        if (window.end() != null) {
            details.put("window_end", window.end().toString());
        }
        if (budget.isOfIndividuals()) {
            details.put("individual", true);
        }
        if (!session.isEmpty()) {
            details.put("session", session);
        }
        BurnRate.exhaustion(window, limit, spend, at)
                .ifPresent(when -> details.put("exhaustion_at_rate", when.toString()));
        return details;
    }
}
