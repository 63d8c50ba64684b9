package dev.centime.forecast.spend;

import dev.centime.contracts.Attribution;
import dev.centime.contracts.Model;
import dev.centime.contracts.UsageCorrected;
import dev.centime.contracts.UsageRecorded;
import dev.centime.contracts.UsageRepriced;
import dev.centime.eventstore.log.Event;
import dev.centime.eventstore.projection.Projection;
import dev.centime.eventstore.projection.View;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Folds calls and their corrections into spend by quarter of an hour. A call without a known cost counts with none. */
@ApplicationScoped
public class SpendByQuarterHour implements Projection {
    private static final long QUARTER_HOUR_SECONDS = 15 * 60;

    /** Where a cell lies. */
    record Cell(String organization, Series series, Instant bucket) {}

    /** What is added to a cell. */
    record Sum(BigDecimal cost, long requests) {
        Sum plus(Sum other) {
            return new Sum(cost.add(other.cost), requests + other.requests);
        }
    }

    @Override
    public String name() {
        return "spend-by-quarter-hour";
    }

    @Override
    public List<String> tables() {
        return List.of("series", "spend");
    }

    @Override
    public Set<Class<?>> reads() {
        return Set.of(UsageRecorded.class, UsageRepriced.class, UsageCorrected.class);
    }

    @Override
    public Uni<Void> apply(View view, List<Event> page) {
        var cells = new LinkedHashMap<Cell, Sum>();
        for (var event : page) {
            add(cells, event);
        }
        return AddSeries.of(view, cells.keySet()).chain(() -> AddSpend.of(view, cells));
    }

    private static void add(Map<Cell, Sum> cells, Event event) {
        var organization = event.stored().organization();
        switch (event.payload()) {
            case UsageRecorded usage -> {
                var sum = new Sum(
                        usage.cost().totalOrZero().amount(), usage.quantity().requests());
                add(cells, organization, usage.timestamp(), usage.model(), usage.attribution(), sum);
            }
            case UsageRepriced repriced -> {
                var change =
                        repriced.after().totalOrZero().minus(repriced.before().totalOrZero());
                var sum = new Sum(change.amount(), 0);
                add(cells, organization, repriced.timestamp(), repriced.model(), repriced.attribution(), sum);
            }
            case UsageCorrected corrected -> {
                var change = corrected
                        .after()
                        .cost()
                        .totalOrZero()
                        .minus(corrected.before().cost().totalOrZero());
                var requests = corrected.requests(corrected.after()) - corrected.requests(corrected.before());
                var sum = new Sum(change.amount(), requests);
                add(cells, organization, corrected.timestamp(), corrected.model(), corrected.attribution(), sum);
            }
            default ->
                throw new IllegalArgumentException(
                        "not asked for: " + event.payload().getClass());
        }
    }

    private static void add(
            Map<Cell, Sum> cells, String organization, Instant at, Model model, Attribution attribution, Sum sum) {
        var bucket =
                Instant.ofEpochSecond(Math.floorDiv(at.getEpochSecond(), QUARTER_HOUR_SECONDS) * QUARTER_HOUR_SECONDS);
        for (var series : Series.of(model, attribution)) {
            cells.merge(new Cell(organization, series, bucket), sum, Sum::plus);
        }
    }
}
