package dev.centime.ingest.command.recordusage;

import dev.centime.contracts.Money;
import dev.centime.eventstore.log.EventLog;
import dev.centime.eventstore.log.EventTypes;
import dev.centime.eventstore.log.StoredEvent;
import dev.centime.ingest.RecordIds;
import dev.centime.ingest.event.CostEstimated;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The estimates that records name, by id from the log. Asked for only where a record names one and does not say itself what was
 * expected. An unknown id refuses no record: what a call cost is worth more than what was thought before; it is counted.
 */
@ApplicationScoped
class FindEstimates {
    private final EventLog log;
    private final EventTypes types;
    private final Counter unknown;

    FindEstimates(EventLog log, EventTypes types, MeterRegistry metrics) {
        this.log = log;
        this.types = types;
        this.unknown = Counter.builder("centime.usage.estimates.unknown")
                .description("Estimates that records named and the log does not hold")
                .register(metrics);
    }

    /** US dollars by estimate id; those without a known cost are absent. */
    Uni<Map<String, Money>> namedBy(String organization, List<Submitted> records) {
        var eventIds = records.stream()
                .map(Submitted::command)
                .filter(record -> record != null && record.estimateId() != null && record.estimatedCost() == null)
                .map(RecordUsage::estimateId)
                .distinct()
                .collect(Collectors.toMap(id -> RecordIds.estimate(organization, id), id -> id));
        return eventIds.isEmpty()
                ? Uni.createFrom().item(Map.of())
                : log.find(organization, eventIds.keySet())
                        .invoke(found -> unknown.increment(eventIds.size() - found.size()))
                        .map(found -> costs(found.values()));
    }

    private Map<String, Money> costs(Collection<StoredEvent> found) {
        var costs = new HashMap<String, Money>();
        for (var stored : found) {
            types.decode(stored).map(CostEstimated.class::cast).ifPresent(estimated -> {
                var total = estimated.cost().total();
                if (total != null) {
                    costs.put(estimated.estimateId(), total);
                }
            });
        }
        return costs;
    }
}
