package dev.centime.ingest.view.costs.efficiency;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.centime.contracts.Money;
import dev.centime.ingest.view.costs.question.Ratios;
import java.math.BigDecimal;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * Tasks of a phase or a milestone.
 *
 * @param sessions of a phase, null where what individuals did is not shown, and for a milestone
 * @param sessionCount of a phase, all of them; null for a milestone
 */
@Schema(name = "TaskGroup")
@JsonInclude(JsonInclude.Include.NON_NULL)
public record TaskGroup(
        @Schema(description = "Of a phase, the first 50 by name; left out where what individuals did is not shown")
        @Nullable
        List<String> sessions,

        @Schema(description = "Of a phase, all of them") @Nullable
        Long sessionCount,

        Money totalCost,
        long taskCount,

        @Schema(description = "To twelve decimals; left out without tasks") @Nullable
        Money avgCostPerTask) {

    private static final Pattern DIGITS = Pattern.compile("\\d+");
    private static final int LONGEST_NUMBER = 19;

    /** phase-2 before phase-10, and 25% before 100%. */
    private static final Comparator<String> AS_COUNTED =
            Comparator.comparing(TaskGroup::padded).thenComparing(Function.identity());

    /** @param sessionsShown whether whoever asks may see what individuals did */
    static Map<String, TaskGroup> phases(TaskBlocks blocks, boolean sessionsShown) {
        var sessions = blocks.of(Block.SESSION).stream().collect(Collectors.groupingBy(TaskSum::key));
        return named(blocks, Block.PHASE, sum -> {
            var own = sessions.getOrDefault(sum.key(), List.of());
            return of(
                    sum,
                    sessionsShown ? own.stream().map(TaskSum::other).toList() : null,
                    own.isEmpty() ? 0L : own.getFirst().number());
        });
    }

    static Map<String, TaskGroup> milestones(TaskBlocks blocks) {
        return named(blocks, Block.MILESTONE, sum -> of(sum, null, null));
    }

    /** Tasks without a value, and those of values that are too many to be shown. */
    static TaskGroup rest(TaskBlocks blocks, Block block) {
        return of(blocks.one(block, ""), null, null);
    }

    private static Map<String, TaskGroup> named(TaskBlocks blocks, Block block, Function<TaskSum, TaskGroup> group) {
        return blocks.of(block).stream()
                .filter(sum -> !sum.key().isEmpty())
                .sorted(Comparator.comparing(TaskSum::key, AS_COUNTED))
                .collect(Collectors.toMap(TaskSum::key, group, (one, other) -> one, LinkedHashMap::new));
    }

    private static TaskGroup of(TaskSum sum, @Nullable List<String> sessions, @Nullable Long sessionCount) {
        return new TaskGroup(
                sessions,
                sessionCount,
                Money.of(sum.cost()),
                sum.tasks(),
                Ratios.perUnit(sum.cost(), BigDecimal.valueOf(sum.tasks())));
    }

    private static String padded(String name) {
        return DIGITS.matcher(name)
                .replaceAll(number ->
                        "0".repeat(Math.max(0, LONGEST_NUMBER - number.group().length())) + number.group());
    }
}
