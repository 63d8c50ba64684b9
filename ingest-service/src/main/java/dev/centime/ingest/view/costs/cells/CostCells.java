package dev.centime.ingest.view.costs.cells;

import dev.centime.contracts.UsageCorrected;
import dev.centime.contracts.UsageRecorded;
import dev.centime.contracts.UsageRepriced;
import dev.centime.eventstore.log.Event;
import dev.centime.eventstore.projection.Projection;
import dev.centime.eventstore.projection.View;
import dev.centime.ingest.view.Contribution;
import dev.centime.ingest.view.Measures;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Adds a page up in memory, then its cells to the tables: the rows written depend on distinct cells, not on calls. */
@ApplicationScoped
public class CostCells implements Projection {
    private static final String DAY = "cell_day";
    private static final String QUARTER = "cell_quarter";
    private static final String USER_DAY = "user_cell_day";
    private static final String USER_QUARTER = "user_cell_quarter";

    @Override
    public String name() {
        return "cost-cells";
    }

    @Override
    public List<String> tables() {
        return List.of(DAY, QUARTER, USER_DAY, USER_QUARTER);
    }

    @Override
    public Set<Class<?>> reads() {
        return Set.of(UsageRecorded.class, UsageRepriced.class, UsageCorrected.class);
    }

    @Override
    public Uni<Void> apply(View view, List<Event> page) {
        var quarters = new HashMap<Cell, Measures>();
        var userQuarters = new HashMap<Cell, Measures>();
        for (var event : page) {
            var contribution = Contribution.of(event);
            add(quarters, Cell.quarter(contribution, false), contribution.measures());
            add(userQuarters, Cell.quarter(contribution, true), contribution.measures());
        }
        return AddToCells.of(view, QUARTER, quarters)
                .chain(() -> AddToCells.of(view, DAY, days(quarters)))
                .chain(() -> AddToCells.of(view, USER_QUARTER, userQuarters))
                .chain(() -> AddToCells.of(view, USER_DAY, days(userQuarters)));
    }

    private static Map<Cell, Measures> days(Map<Cell, Measures> quarters) {
        var days = new HashMap<Cell, Measures>();
        quarters.forEach((cell, measures) -> add(days, cell.day(), measures));
        return days;
    }

    private static void add(Map<Cell, Measures> cells, Cell cell, Measures more) {
        cells.computeIfAbsent(cell, _ -> Measures.zero()).add(more);
    }
}
