package dev.centime.ingest.view.costs.efficiency;

import dev.centime.contracts.Money;
import java.math.BigDecimal;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** Single tasks by how complex they are said to be and by what they cost. */
@Schema(name = "TaskHeatMap")
public record TaskHeatMap(
        @Schema(
                description =
                        "Classes of cost, ascending: the first below a cent, the second to ten cents, as calls are coloured")
        List<CostClassOfTask> columns,

        @Schema(description = "Simple tasks first, those of unknown complexity last")
        List<Row> rows) {

    /** What a task is called that asks for little; without upper case. */
    static final List<String> SIMPLE = List.of("simple", "low", "easy", "trivial");

    private static final List<String> MIDDLE = List.of("medium", "moderate", "normal");
    private static final List<String> COMPLEX = List.of("complex", "high", "hard", "difficult");

    /** Which class a cost is in, in SQL: its place among {@link #COLUMNS}. */
    static final String CLASS =
            "CASE WHEN cost < 0.01 THEN '0' WHEN cost <= 0.10 THEN '1' WHEN cost <= 1 THEN '2' ELSE '3' END";

    private static final List<CostClassOfTask> COLUMNS =
            List.of(between(null, "0.01"), between("0.01", "0.10"), between("0.10", "1"), between("1", null));

    /** US dollars; null is without bound. */
    @Schema(name = "CostClassOfTask")
    public record CostClassOfTask(
            @Nullable Money from, @Nullable Money to) {}

    /** @param complexity null where it is not known */
    @Schema(name = "TaskHeatMapRow")
    public record Row(@Nullable String complexity, List<Cell> cells) {}

    /** One for each column. */
    @Schema(name = "TaskHeatMapCell")
    public record Cell(long tasks, Money cost) {}

    static TaskHeatMap of(TaskBlocks blocks) {
        var byComplexity = blocks.of(Block.HEAT).stream()
                .collect(Collectors.groupingBy(
                        TaskSum::key,
                        () -> new TreeMap<>(
                                Comparator.comparing(TaskHeatMap::rank).thenComparing(Comparator.naturalOrder())),
                        Collectors.toList()));
        return new TaskHeatMap(
                COLUMNS,
                byComplexity.entrySet().stream()
                        .map(entry ->
                                new Row(entry.getKey().isEmpty() ? null : entry.getKey(), cells(entry.getValue())))
                        .toList());
    }

    private static List<Cell> cells(List<TaskSum> sums) {
        return IntStream.range(0, COLUMNS.size())
                .mapToObj(column -> sums.stream()
                        .filter(sum -> sum.other().equals(String.valueOf(column)))
                        .reduce(TaskSum.NOTHING, TaskSum::plus))
                .map(sum -> new Cell(sum.tasks(), Money.of(sum.cost())))
                .toList();
    }

    private static int rank(String complexity) {
        var word = complexity.toLowerCase(Locale.ROOT);
        if (SIMPLE.contains(word)) {
            return 0;
        }
        if (MIDDLE.contains(word)) {
            return 1;
        }
        return COMPLEX.contains(word) ? 2 : word.isEmpty() ? 4 : 3;
    }

    private static CostClassOfTask between(@Nullable String from, @Nullable String to) {
        return new CostClassOfTask(amount(from), amount(to));
    }

    private static @Nullable Money amount(@Nullable String dollars) {
        return dollars == null ? null : Money.of(new BigDecimal(dollars));
    }
}
