package dev.centime.ingest.view.costs.efficiency;

import dev.centime.contracts.Money;
import dev.centime.ingest.view.costs.question.Days;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * How efficiently a period's calls were made. A task is a call; a bucket of a provider's report counts as its calls, and is not
 * judged. What is not known is null.
 */
@Schema(name = "CostEfficiency")
public record CostEfficiency(
        Days period,
        long totalTasks,
        Money totalCost,

        @Schema(description = "Calls without a known cost; they are in no cost here")
        long unpricedRequests,

        ProjectTotals projectTotals,
        ModelEfficiency modelEfficiency,
        TokenAnalytics tokenAnalytics,

        @Schema(description = "By the tag phase, at most the 200 that cost most")
        Map<String, TaskGroup> phaseBreakdown,

        @Schema(description = "Tasks that are in none of these phases")
        TaskGroup withoutPhase,

        @Schema(description = "By the tag milestone, at most the 200 that cost most")
        Map<String, TaskGroup> milestoneCosts,

        @Schema(description = "Tasks that are in none of these milestones")
        TaskGroup withoutMilestone,

        EfficiencyAnalysis efficiencyAnalysis,
        TaskHeatMap taskHeatMap,
        List<EfficiencyRule> alerts) {}
