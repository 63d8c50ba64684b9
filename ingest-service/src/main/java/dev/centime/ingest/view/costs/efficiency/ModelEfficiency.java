package dev.centime.ingest.view.costs.efficiency;

import dev.centime.contracts.Money;
import dev.centime.ingest.view.costs.question.Ratios;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Predicate;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** Tasks and cost by class of model. Haiku and sonnet are what has the word in its name. */
@Schema(name = "ModelEfficiency")
public record ModelEfficiency(
        long totalTasks,
        long totalHaikuTasks,
        long totalSonnetTasks,

        @Schema(description = "Of all tasks, 0 to 100; null without tasks") @Nullable
        Double haikuPercentage,

        @Nullable Double sonnetPercentage,
        Money haikuCost,
        Money sonnetCost,

        @Schema(description = "To twelve decimals; null without such tasks") @Nullable
        Money costPerHaikuTask,

        @Nullable Money costPerSonnetTask,

        @Schema(
                description =
                        "By the class that a model's price tells of, or its name: small as haiku, standard as sonnet, large as opus")
        List<ClassOfModels> classes) {

    /** @param modelClass null for models of which it is not known */
    @Schema(name = "ClassOfModels")
    public record ClassOfModels(
            @Schema(description = "small, standard or large; null where it is not known", implementation = String.class)
            @Nullable
            ModelClass modelClass,

            long tasks,
            @Nullable Double percentage,
            Money cost,
            @Nullable Money costPerTask) {
        private static ClassOfModels of(@Nullable ModelClass modelClass, TaskSum sum, long all) {
            return new ClassOfModels(
                    modelClass, sum.tasks(), percentOf(sum.tasks(), all), Money.of(sum.cost()), perTask(sum));
        }
    }

    /** @param classOf by provider and model */
    static ModelEfficiency of(TaskBlocks blocks, BiFunction<String, String, @Nullable ModelClass> classOf) {
        var total = blocks.one(Block.TOTAL);
        var models = blocks.of(Block.MODEL);
        var haiku = sum(models, model -> ModelClass.SMALL.isIn(model.other()));
        var sonnet = sum(models, model -> ModelClass.STANDARD.isIn(model.other()));
        return new ModelEfficiency(
                total.tasks(),
                haiku.tasks(),
                sonnet.tasks(),
                percentOf(haiku.tasks(), total.tasks()),
                percentOf(sonnet.tasks(), total.tasks()),
                Money.of(haiku.cost()),
                Money.of(sonnet.cost()),
                perTask(haiku),
                perTask(sonnet),
                classes(models, classOf, total.tasks()));
    }

    private static List<ClassOfModels> classes(
            List<TaskSum> models, BiFunction<String, String, @Nullable ModelClass> classOf, long all) {
        var classes = new ArrayList<@Nullable ModelClass>(Arrays.asList(ModelClass.values()));
        classes.add(null);
        return classes.stream()
                .map(each -> ClassOfModels.of(
                        each, sum(models, model -> classOf.apply(model.key(), model.other()) == each), all))
                .filter(each -> each.tasks() > 0)
                .toList();
    }

    private static TaskSum sum(List<TaskSum> models, Predicate<TaskSum> wanted) {
        return models.stream().filter(wanted).reduce(TaskSum.NOTHING, TaskSum::plus);
    }

    private static @Nullable Double percentOf(long part, long whole) {
        return whole == 0 ? null : 100 * Ratios.share(BigDecimal.valueOf(part), BigDecimal.valueOf(whole));
    }

    private static @Nullable Money perTask(TaskSum sum) {
        return Ratios.perUnit(sum.cost(), BigDecimal.valueOf(sum.tasks()));
    }

    /** Tasks that no small model did, as far as that is known. */
    long dearTasks() {
        return classes.stream()
                .filter(each -> each.modelClass() == ModelClass.STANDARD || each.modelClass() == ModelClass.LARGE)
                .mapToLong(ClassOfModels::tasks)
                .sum();
    }
}
