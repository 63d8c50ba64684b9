package dev.centime.ingest.reaction.efficiency;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.centime.contracts.AlertRaised;
import dev.centime.contracts.Money;
import dev.centime.ingest.RecordIds;
import dev.centime.ingest.view.costs.efficiency.CostEfficiency;
import dev.centime.ingest.view.costs.efficiency.EfficiencyAnalysis.Tasks;
import dev.centime.ingest.view.costs.efficiency.EfficiencyRule;
import dev.centime.kit.Period;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.YearMonth;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What of a month's efficiency is worth an alert. The same of the same month has the same id, whoever looks and however often. */
final class EfficiencyAlerts {
    /** Of fewer tasks a share says nothing. */
    static final int ENOUGH_TASKS = 20;

    private static final DateTimeFormatter MONTH = DateTimeFormatter.ofPattern("MMMM uuuu", Locale.ENGLISH);

    private final String organization;
    private final CostEfficiency efficiency;
    private final Period period;
    private final YearMonth month;
    private final Instant at;

    private EfficiencyAlerts(String organization, CostEfficiency efficiency, Period period, Instant at) {
        this.organization = organization;
        this.efficiency = efficiency;
        this.period = period;
        this.month = YearMonth.from(period.end());
        this.at = at;
    }

    /** @param period a month, or its last days until now */
    static List<AlertRaised> of(String organization, CostEfficiency efficiency, Period period, Instant at) {
        var alerts = new EfficiencyAlerts(organization, efficiency, period, at);
        return efficiency.totalTasks() < ENOUGH_TASKS
                ? List.of()
                : efficiency.alerts().stream()
                        .filter(rule -> Boolean.TRUE.equals(rule.triggered()))
                        .flatMap(rule -> Stream.ofNullable(alerts.of(rule)))
                        .toList();
    }

    private @Nullable AlertRaised of(EfficiencyRule rule) {
        return switch (rule.type()) {
            case EfficiencyRule.WASTE -> alert("waste", "warning", wasted(rule), wasteDetails(rule));
            case EfficiencyRule.IMBALANCE -> alert("model-imbalance", "info", imbalanced(rule), details(rule));
            // Spend against a limit is what budgets are for.
            default -> null;
        };
    }

    private AlertRaised alert(String kind, String severity, Text text, ObjectNode details) {
        return new AlertRaised(
                RecordIds.derived("", "efficiency-alert", organization, kind, month.toString()),
                kind,
                severity,
                text.title(),
                text.message(),
                kind + "/" + month,
                null,
                details,
                "/api/v1/costs/efficiency?start_date=" + period.start() + "&end_date=" + month.atEndOfMonth(),
                at);
    }

    private record Text(String title, String message) {}

    private Text wasted(EfficiencyRule rule) {
        var analysis = efficiency.efficiencyAnalysis();
        var waste = analysis.wasteByCategory();
        return new Text(
                "Waste has exceeded " + rule.threshold().amount() + "% of the spend of " + MONTH.format(month),
                rule.action() + "\n" + percent(rule) + "% of " + dollars(efficiency.totalCost()) + " was wasted: "
                        + dollars(Objects.requireNonNull(analysis.totalWasteCost())) + ".\n"
                        + line("Redundant tasks", waste.redundantTasks())
                        + line("Over-engineered tasks", waste.overEngineered())
                        + line("Failed attempts", waste.failedAttempts()));
    }

    private Text imbalanced(EfficiencyRule rule) {
        return new Text(
                "More than " + rule.threshold().amount() + "% of the tasks of " + MONTH.format(month)
                        + " went to standard and large models",
                rule.action() + "\n" + percent(rule) + "% of " + efficiency.totalTasks()
                        + " tasks were done by models that are not small.");
    }

    private static String line(String category, @Nullable Tasks tasks) {
        return tasks == null || tasks.tasks() == 0
                ? ""
                : category + ": " + tasks.tasks() + ", " + dollars(tasks.cost()) + "\n";
    }

    private ObjectNode wasteDetails(EfficiencyRule rule) {
        var details = details(rule);
        var waste = efficiency.efficiencyAnalysis().wasteByCategory();
        details.put("waste_cost", String.valueOf(efficiency.efficiencyAnalysis().totalWasteCost()));
        category(details, "redundant_tasks", waste.redundantTasks());
        category(details, "over_engineered", waste.overEngineered());
        category(details, "failed_attempts", waste.failedAttempts());
        return details;
    }

    private ObjectNode details(EfficiencyRule rule) {
        var details = JsonNodeFactory.instance.objectNode();
        details.put("period_start", period.start().toString());
        details.put("period_end", month.atEndOfMonth().toString());
        details.put("threshold_percent", rule.threshold().amount().toPlainString());
        details.put("value_percent", percent(rule));
        details.put("total_tasks", efficiency.totalTasks());
        details.put("total_cost", efficiency.totalCost().toString());
        return details;
    }

    private static void category(ObjectNode details, String name, @Nullable Tasks tasks) {
        if (tasks != null) {
            details.putObject(name)
                    .put("tasks", tasks.tasks())
                    .put("cost", tasks.cost().toString());
        }
    }

    private static String percent(EfficiencyRule rule) {
        return Objects.requireNonNull(rule.value())
                .amount()
                .setScale(1, RoundingMode.HALF_UP)
                .toPlainString();
    }

    private static String dollars(Money money) {
        return "$" + money.amount().setScale(2, RoundingMode.HALF_UP).toPlainString();
    }
}
