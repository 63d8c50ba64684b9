package dev.centime.ingest.view.costs.breakdown;

import dev.centime.contracts.Money;
import dev.centime.ingest.view.Measures;
import dev.centime.ingest.view.costs.breakdown.CostBreakdown.Days;
import dev.centime.ingest.view.costs.breakdown.CostBreakdown.Item;
import dev.centime.ingest.view.costs.question.AskedCosts;
import dev.centime.ingest.view.costs.question.CostAnswers;
import dev.centime.ingest.view.costs.question.Granularity;
import dev.centime.ingest.view.costs.question.Granularity.Slice;
import dev.centime.kit.Query;
import dev.centime.kit.Tenants;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.LinkedHashMap;
import java.util.List;

/** Spend by hour, day, week or month, ascending, with nothing left out. */
@ApplicationScoped
public class BreakdownByTime {
    private final Tenants tenants;

    BreakdownByTime(Tenants tenants) {
        this.tenants = tenants;
    }

    Uni<CostBreakdown> answer(AskedCosts asked, Granularity granularity, Query query) {
        var slices = granularity.of(asked.period(), asked.organization());
        var after = query.cursor(asked.caller()).map(List::getFirst).orElse("");
        var limit = query.limit();
        return tenants.with(
                        asked.caller(),
                        connection -> CostAnswers.byTime(
                                connection,
                                asked.question(),
                                slices.stream().map(Slice::start).toList()))
                .map(sums -> {
                    var byLabel = byLabel(slices, sums);
                    var total = Measures.zero();
                    sums.forEach(total::add);
                    var page = byLabel.entrySet().stream()
                            .filter(entry -> entry.getKey().compareTo(after) > 0)
                            .limit(limit)
                            .map(entry -> Item.of(entry.getKey(), entry.getValue(), total.amount("total_cost")))
                            .toList();
                    var last = page.isEmpty() ? null : page.getLast().key();
                    var more = last != null && !last.equals(slices.getLast().label());
                    return new CostBreakdown(
                            Granularity.NAMES.get(granularity.ordinal()),
                            Days.of(asked.period()),
                            page,
                            Money.of(total.amount("total_cost")),
                            total.count("requests"),
                            total.count("unpriced_requests"),
                            more ? query.nextCursor(asked.caller(), List.of(last)) : null);
                });
    }

    /** The hour that comes twice when clocks go back is one. */
    private static LinkedHashMap<String, Measures> byLabel(List<Slice> slices, List<Measures> sums) {
        var byLabel = new LinkedHashMap<String, Measures>();
        for (int i = 0; i < slices.size(); i++) {
            byLabel.computeIfAbsent(slices.get(i).label(), _ -> Measures.zero()).add(sums.get(i));
        }
        return byLabel;
    }
}
