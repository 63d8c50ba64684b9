package dev.centime.ingest.view.costs.efficiency;

import dev.centime.contracts.Money;
import dev.centime.contracts.Organization;
import dev.centime.ingest.view.costs.question.CostQuestion;
import dev.centime.ingest.view.costs.question.Days;
import dev.centime.ingest.view.costs.question.Granularity;
import dev.centime.ingest.view.costs.question.Granularity.Slice;
import dev.centime.kit.Period;
import dev.centime.kit.Tenants;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/** Finds out how efficiently calls were made: for whoever asks, and for who watches. */
@ApplicationScoped
public class Efficiencies {
    private final Tenants tenants;
    private final ModelClasses classes;

    Efficiencies(Tenants tenants, ModelClasses classes) {
        this.tenants = tenants;
        this.classes = classes;
    }

    /**
     * @param question about the whole period
     * @param organization its calendar
     * @param now the moment that the answer is of
     * @param sessionsShown whether sessions may be named
     */
    public Uni<CostEfficiency> of(
            CostQuestion question, Organization organization, Period period, Instant now, boolean sessionsShown) {
        var days = Granularity.DAY.of(period, organization).stream()
                .map(Slice::start)
                .toList();
        BiFunction<String, String, @Nullable ModelClass> classOf =
                (provider, model) -> classes.of(question.organization(), provider, model, now);
        return tenants.with(question.organization(), connection -> SelectTasks.of(connection, question, days))
                .map(blocks -> efficiency(blocks, classOf, question, period, now, sessionsShown));
    }

    private static CostEfficiency efficiency(
            TaskBlocks blocks,
            BiFunction<String, String, @Nullable ModelClass> classOf,
            CostQuestion question,
            Period period,
            Instant now,
            boolean sessionsShown) {
        var total = blocks.one(Block.TOTAL);
        var totals = ProjectTotals.of(blocks, period, now, question.asOf() == null);
        var models = ModelEfficiency.of(blocks, classOf);
        var analysis = EfficiencyAnalysis.of(blocks, classOf);
        return new CostEfficiency(
                Days.of(period),
                total.tasks(),
                Money.of(total.cost()),
                total.number(),
                totals,
                models,
                TokenAnalytics.of(blocks),
                TaskGroup.phases(blocks, sessionsShown),
                TaskGroup.rest(blocks, Block.PHASE),
                TaskGroup.milestones(blocks),
                TaskGroup.rest(blocks, Block.MILESTONE),
                analysis,
                TaskHeatMap.of(blocks),
                EfficiencyRule.of(totals, blocks, analysis, models));
    }
}
