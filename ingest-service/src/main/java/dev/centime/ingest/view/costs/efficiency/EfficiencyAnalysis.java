package dev.centime.ingest.view.costs.efficiency;

import dev.centime.contracts.Money;
import dev.centime.ingest.view.costs.efficiency.Block.Told;
import dev.centime.ingest.view.costs.efficiency.Block.Waste;
import dev.centime.ingest.view.costs.question.Ratios;
import java.math.BigDecimal;
import java.util.Objects;
import java.util.function.BiFunction;
import java.util.stream.Stream;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * What was spent for nothing, and what could be done for less.
 *
 * @param totalWasteCost of the categories of which something is known; null when that is none
 */
@Schema(name = "EfficiencyAnalysis")
public record EfficiencyAnalysis(
        @Schema(description = "Of the categories of which something is known; null when that is none") @Nullable
        Money totalWasteCost,

        @Schema(description = "Of the total cost, 0 to 100; null when one of both is not known or nothing was spent")
        @Nullable
        Double costWastePercent,

        WasteByCategory wasteByCategory,
        Opportunities optimizationOpportunities) {

    /** Tasks and what they cost. */
    @Schema(name = "TasksAndCost")
    public record Tasks(long tasks, Money cost) {}

    /** A task is in one of them at most. */
    @Schema(name = "WasteByCategory")
    public record WasteByCategory(
            @Schema(
                    description =
                            "Done before: the same tag task, or the same prompt and model. Null when no call tells")
            @Nullable
            Tasks redundantTasks,

            @Schema(
                    description =
                            "With far more tokens than usual for model, operation and complexity; what is beyond that is wasted."
                                    + " Null where nothing is usual yet, which takes 20 calls")
            @Nullable
            Tasks overEngineered,

            @Schema(description = "Failed and tried again. Null when calls failed and none tells of what it tried")
            @Nullable
            Tasks failedAttempts) {}

    /** What they cost now; what a change would save is recommendation-service's to reckon. */
    @Schema(name = "OptimizationOpportunities")
    public record Opportunities(
            @Schema(
                    description =
                            "Tasks said to be simple that a standard or large model did. Null when no call tells its complexity")
            @Nullable
            Tasks switchToHaiku,

            @Schema(
                    description =
                            "Of one session, model, operation, milestone and complexity, within one minute. Null when no call tells")
            @Nullable
            Tasks batchProcessing,

            @Schema(
                    description =
                            "With far more input than usual for model, operation and complexity. Null where nothing is usual yet")
            @Nullable
            Tasks promptOptimization) {}

    /** @param classOf by provider and model */
    static EfficiencyAnalysis of(TaskBlocks blocks, BiFunction<String, String, @Nullable ModelClass> classOf) {
        var waste = waste(blocks);
        var known = Stream.of(waste.redundantTasks(), waste.overEngineered(), waste.failedAttempts())
                .filter(Objects::nonNull)
                .map(tasks -> tasks.cost().amount())
                .toList();
        var wasted = known.isEmpty() ? null : known.stream().reduce(BigDecimal.ZERO, BigDecimal::add);
        return new EfficiencyAnalysis(
                wasted == null ? null : Money.of(wasted),
                percent(wasted, blocks.one(Block.TOTAL).cost()),
                waste,
                opportunities(blocks, classOf));
    }

    private static @Nullable Double percent(@Nullable BigDecimal wasted, BigDecimal whole) {
        return wasted == null || whole.signum() == 0 ? null : 100 * Ratios.share(wasted, whole);
    }

    private static WasteByCategory waste(TaskBlocks blocks) {
        var apart = blocks.isTold(Told.TASK);
        return new WasteByCategory(
                when(apart, blocks.one(Block.WASTE, Waste.REDUNDANT_TASKS.name())),
                when(blocks.isTold(Told.NORMAL), blocks.one(Block.WASTE, Waste.OVER_ENGINEERED.name())),
                when(
                        apart || blocks.isTold(Told.RETRY) || noneFailed(blocks),
                        blocks.one(Block.WASTE, Waste.FAILED_ATTEMPTS.name())));
    }

    /** Of no calls nothing is known. */
    private static boolean noneFailed(TaskBlocks blocks) {
        return !blocks.isTold(Told.FAILURE) && blocks.one(Block.TOTAL).tasks() > 0;
    }

    private static Opportunities opportunities(
            TaskBlocks blocks, BiFunction<String, String, @Nullable ModelClass> classOf) {
        var dear = blocks.of(Block.SIMPLE).stream()
                .filter(sum -> {
                    var modelClass = classOf.apply(sum.key(), sum.other());
                    return modelClass == ModelClass.STANDARD || modelClass == ModelClass.LARGE;
                })
                .reduce(TaskSum.NOTHING, TaskSum::plus);
        return new Opportunities(
                when(blocks.isTold(Told.COMPLEXITY), dear),
                when(blocks.isTold(Told.LIKENESS), blocks.one(Block.ALIKE)),
                when(blocks.isTold(Told.NORMAL), blocks.one(Block.LONG_PROMPT)));
    }

    private static @Nullable Tasks when(boolean known, TaskSum sum) {
        return known ? new Tasks(sum.tasks(), Money.of(sum.cost())) : null;
    }
}
