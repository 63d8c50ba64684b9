package dev.centime.ingest.view.costs.cells;

import dev.centime.contracts.UsageCorrected;
import dev.centime.contracts.UsageRecorded;
import dev.centime.contracts.UsageRepriced;
import dev.centime.eventstore.log.Event;
import dev.centime.eventstore.projection.Projection;
import dev.centime.eventstore.projection.View;
import dev.centime.ingest.view.Contribution;
import dev.centime.ingest.view.Measures;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/** Adds a page up in memory, then its cells to the tables: the rows written depend on distinct cells, not on calls. */
@ApplicationScoped
public class CostCells implements Projection {
    private static final String DAY = "cell_day";
    private static final String QUARTER = "cell_quarter";
    private static final String USER_DAY = "user_cell_day";
    private static final String USER_QUARTER = "user_cell_quarter";
    private static final String VALUE_DAY = "value_day";
    private static final String VALUE_QUARTER = "value_quarter";

    private final Counter wideDays;

    CostCells(MeterRegistry metrics) {
        wideDays = Counter.builder("centime.costs.wide.days")
                .description("Days of a run or tag with too many values to be added up; their calls answer")
                .register(metrics);
    }

    @Override
    public String name() {
        return "cost-cells";
    }

    @Override
    public List<String> tables() {
        return List.of(DAY, QUARTER, USER_DAY, USER_QUARTER, VALUE_DAY, VALUE_QUARTER, AddToOpenValues.WIDTH);
    }

    @Override
    public Set<Class<?>> reads() {
        return Set.of(UsageRecorded.class, UsageRepriced.class, UsageCorrected.class);
    }

    @Override
    public Uni<Void> apply(View view, List<Event> page) {
        var quarters = new HashMap<Cell, Measures>();
        var userQuarters = new HashMap<Cell, Measures>();
        var open = new HashMap<ValueCell, Measures>();
        for (var event : page) {
            var contribution = Contribution.of(event);
            add(quarters, Cell.quarter(contribution, false), contribution.measures());
            add(userQuarters, Cell.quarter(contribution, true), contribution.measures());
            ValueCell.open(contribution).forEach(cell -> add(open, cell, contribution.measures()));
        }
        var values = new HashMap<ValueCell, Measures>();
        addValues(values, quarters, ValueCell.OF_CELLS);
        var dayValues = days(values, ValueCell::day);
        addValues(dayValues, days(userQuarters, Cell::day), ValueCell.OF_USER_CELLS);
        return AddToCells.of(view, QUARTER, quarters)
                .chain(() -> AddToCells.of(view, DAY, days(quarters, Cell::day)))
                .chain(() -> AddToCells.of(view, USER_QUARTER, userQuarters))
                .chain(() -> AddToCells.of(view, USER_DAY, days(userQuarters, Cell::day)))
                .chain(() -> AddToValues.of(view, VALUE_QUARTER, values))
                .chain(() -> AddToValues.of(view, VALUE_DAY, dayValues))
                .chain(() -> AddToOpenValues.of(view, VALUE_DAY, open))
                .chain(widths -> DropWideDays.of(view, VALUE_DAY, widths))
                .invoke(wide -> wideDays.increment(view.rebuilding() ? 0 : wide))
                .replaceWithVoid();
    }

    /** From the page's cells, which are fewer than its calls. */
    private static void addValues(
            Map<ValueCell, Measures> values,
            Map<Cell, Measures> cells,
            Map<String, Function<Cell, String>> dimensions) {
        cells.forEach((cell, measures) ->
                dimensions.forEach((dimension, value) -> add(values, ValueCell.of(cell, dimension, value), measures)));
    }

    private static <K> Map<K, Measures> days(Map<K, Measures> quarters, UnaryOperator<K> day) {
        var days = new HashMap<K, Measures>();
        quarters.forEach((cell, measures) -> add(days, day.apply(cell), measures));
        return days;
    }

    private static <K> void add(Map<K, Measures> cells, K cell, Measures more) {
        cells.computeIfAbsent(cell, _ -> Measures.zero()).add(more);
    }
}
