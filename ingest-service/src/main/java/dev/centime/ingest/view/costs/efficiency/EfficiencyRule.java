package dev.centime.ingest.view.costs.efficiency;

import dev.centime.contracts.Money;
import dev.centime.ingest.view.costs.question.Figure;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * A rule that efficiency is watched by, and how it stands.
 *
 * @param value that is set against the threshold; null when it is not known
 * @param triggered whether it is above the threshold; null when that is not known
 */
@Schema(name = "EfficiencyRule")
public record EfficiencyRule(
        @Schema(description = "budget_threshold, daily_limit, waste_percentage or model_imbalance")
        String type,

        String condition,
        String action,

        @Schema(description = "In percent; of a daily_limit US dollars")
        Figure threshold,

        @Schema(description = "Null when it is not known") @Nullable
        Figure value,

        @Nullable Boolean triggered) {

    public static final String WASTE = "waste_percentage";
    public static final String IMBALANCE = "model_imbalance";

    private static final BigDecimal BUDGET_PERCENT = BigDecimal.valueOf(80);
    private static final BigDecimal DAILY_DOLLARS = BigDecimal.valueOf(100);
    private static final BigDecimal WASTE_PERCENT = BigDecimal.valueOf(15);
    private static final BigDecimal IMBALANCE_PERCENT = BigDecimal.valueOf(70);
    private static final int DECIMALS = 6;

    static List<EfficiencyRule> of(
            ProjectTotals totals, TaskBlocks blocks, EfficiencyAnalysis analysis, ModelEfficiency models) {
        var days = blocks.of(Block.DAY);
        return List.of(
                ofPercent(
                        "budget_threshold",
                        "budget_spent > budget_allocated * 0.8",
                        "WARNING: 80% budget consumed",
                        BUDGET_PERCENT,
                        amount(totals.allocatedSpent()),
                        amount(totals.totalAllocated())),
                new EfficiencyRule(
                        "daily_limit",
                        "daily_cost > $100",
                        "ALERT: Daily cost exceeds $100",
                        new Figure(DAILY_DOLLARS, true),
                        days.isEmpty() ? null : new Figure(days.getFirst().cost(), true),
                        days.isEmpty() ? null : days.getFirst().cost().compareTo(DAILY_DOLLARS) > 0),
                ofPercent(
                        WASTE,
                        "cost_waste_percent > 15%",
                        "OPTIMIZE: Waste exceeds 15%",
                        WASTE_PERCENT,
                        amount(analysis.totalWasteCost()),
                        totals.totalSpent().amount()),
                ofPercent(
                        IMBALANCE,
                        "tasks of standard and large models > total_tasks * 0.7",
                        "SUGGEST: Consider more Haiku usage",
                        IMBALANCE_PERCENT,
                        BigDecimal.valueOf(models.dearTasks()),
                        BigDecimal.valueOf(models.totalTasks())));
    }

    /** Compared by multiplication, so that the very edge is not above whatever the digits. */
    private static EfficiencyRule ofPercent(
            String type,
            String condition,
            String action,
            BigDecimal percent,
            @Nullable BigDecimal part,
            @Nullable BigDecimal whole) {
        var threshold = new Figure(percent, false);
        if (part == null || whole == null || whole.signum() <= 0) {
            return new EfficiencyRule(type, condition, action, threshold, null, null);
        }
        return new EfficiencyRule(
                type,
                condition,
                action,
                threshold,
                new Figure(percent(part, whole), false),
                part.movePointRight(2).compareTo(whole.multiply(percent)) > 0);
    }

    private static BigDecimal percent(BigDecimal part, BigDecimal whole) {
        return part.movePointRight(2).divide(whole, DECIMALS, RoundingMode.HALF_EVEN);
    }

    private static @Nullable BigDecimal amount(@Nullable Money money) {
        return money == null ? null : money.amount();
    }
}
