package dev.centime.ingest.reaction;

import dev.centime.contracts.Cost;
import dev.centime.contracts.UsageRecorded;
import dev.centime.contracts.UsageRepriced;
import dev.centime.contracts.price.Call;
import dev.centime.contracts.price.CostOfCall;
import dev.centime.eventstore.log.EventLog;
import dev.centime.eventstore.log.EventTypes;
import dev.centime.eventstore.log.NewEvent;
import dev.centime.eventstore.log.StoredEvent;
import dev.centime.ingest.Corrections;
import dev.centime.ingest.Prices;
import dev.centime.ingest.RecordIds;
import dev.centime.ingest.view.calls.CurrentCosts;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Corrects the cost of calls to what the prices known now make of it. A correction names the cost before it: see {@link
 * Corrections}.
 */
@ApplicationScoped
public class Repricing {
    /** The most calls of one append. */
    static final int CHUNK = 1000;

    private static final String REASON = "the price of the model became known or changed";

    private final EventLog log;
    private final EventTypes types;
    private final Prices prices;
    private final CurrentCosts current;
    private final Counter corrections;

    Repricing(EventLog log, EventTypes types, Prices prices, CurrentCosts current, MeterRegistry metrics) {
        this.log = log;
        this.types = types;
        this.prices = prices;
        this.current = current;
        this.corrections = Counter.builder("centime.usage.repriced")
                .description("Calls whose cost a later price corrected")
                .register(metrics);
    }

    /**
     * Corrects those of some calls that cost something else than the log says.
     *
     * @param eventIds of their records, at most {@link #CHUNK}
     * @return how many were corrected
     * @throws dev.centime.eventstore.log.AppendRejected (as a failure) when somebody corrected calls of this organization in
     *     between, or the view has not caught up with who did before: to be tried again
     */
    Uni<Integer> correct(String organization, Collection<String> eventIds) {
        return current.of(organization, eventIds).chain(costs -> log.find(organization, eventIds)
                .chain(found -> append(organization, costs, found.values())));
    }

    private Uni<Integer> append(String organization, CurrentCosts.Costs costs, Collection<StoredEvent> records) {
        // What these costs rest on: taken first, so that what comes later is noticed.
        var pricesAt = prices.book().offset();
        List<NewEvent> events = records.stream()
                .flatMap(record -> corrected(organization, record, costs, pricesAt).stream())
                .toList();
        if (events.isEmpty()) {
            return Uni.createFrom().item(0);
        }
        return log.append(organization, events, Corrections.nobodyElseAfter(organization, costs.upTo()))
                .invoke(() -> corrections.increment(events.size()))
                .replaceWith(events.size());
    }

    private Optional<NewEvent> corrected(
            String organization, StoredEvent record, CurrentCosts.Costs costs, long pricesAt) {
        var usage =
                costs.counted(record.id(), (UsageRecorded) types.decode(record).orElseThrow());
        var before = costs.byEvent().getOrDefault(record.id(), usage.cost());
        var after = now(organization, usage);
        if (after.equals(before)) {
            return Optional.empty();
        }
        var repriced = new UsageRepriced(
                usage.recordId(),
                usage.provenance().source(),
                usage.timestamp(),
                usage.model(),
                usage.attribution(),
                usage.tokens(),
                usage.quantity(),
                before,
                after,
                REASON,
                null,
                pricesAt,
                usage.provenance().estimatedCost(),
                usage.provenance().reportedCost());
        var id = RecordIds.derived(record.id(), "repriced", record.id(), String.valueOf(costs.upTo()));
        return Optional.of(types.encode(
                id,
                usage.timestamp(),
                repriced,
                Map.of("actor", "centime", "causation", record.id()),
                Set.of(Corrections.chain(organization))));
    }

    /** What a call costs by the prices known now. */
    Cost now(String organization, UsageRecorded usage) {
        var inForce = prices.book().inForce(organization, usage.model(), usage.timestamp());
        return CostOfCall.of(Call.of(usage), inForce, usage.provenance().reportedCost());
    }
}
