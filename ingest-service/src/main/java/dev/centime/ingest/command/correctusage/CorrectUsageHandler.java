package dev.centime.ingest.command.correctusage;

import dev.centime.contracts.Cost;
import dev.centime.contracts.UsageCorrected;
import dev.centime.contracts.UsageCorrected.Counted;
import dev.centime.contracts.UsageRecorded;
import dev.centime.contracts.price.Call;
import dev.centime.contracts.price.CostOfCall;
import dev.centime.eventstore.log.AppendRejected;
import dev.centime.eventstore.log.EventLog;
import dev.centime.eventstore.log.EventTypes;
import dev.centime.eventstore.log.NewEvent;
import dev.centime.eventstore.log.StoredEvent;
import dev.centime.ingest.Corrections;
import dev.centime.ingest.Prices;
import dev.centime.ingest.RecordIds;
import dev.centime.ingest.view.calls.CurrentCosts;
import dev.centime.ingest.view.calls.CurrentCosts.Costs;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Appends what a recorded call counts with now; a row told twice corrects once. */
@ApplicationScoped
public class CorrectUsageHandler {
    private static final String REASON = "the source told of more tokens";
    private static final Duration PAUSE = Duration.ofMillis(50);
    private static final int TRIES = 100;

    private final EventLog log;
    private final EventTypes types;
    private final Prices prices;
    private final CurrentCosts current;
    private final Counter corrections;

    CorrectUsageHandler(EventLog log, EventTypes types, Prices prices, CurrentCosts current, MeterRegistry metrics) {
        this.log = log;
        this.types = types;
        this.prices = prices;
        this.current = current;
        this.corrections = Counter.builder("centime.usage.corrected")
                .description("Calls that a larger row of their source corrected")
                .register(metrics);
    }

    /**
     * @param source of the records, part of their identity
     * @param metadata of the events: who, and on what occasion
     * @return how many calls count with more now
     */
    public Uni<Integer> correct(
            String organization, String source, List<CorrectUsage> larger, Map<String, String> metadata) {
        if (larger.isEmpty()) {
            return Uni.createFrom().item(0);
        }
        var byEvent = new HashMap<String, CorrectUsage>();
        for (var correction : larger) {
            byEvent.merge(
                    RecordIds.event(organization, source, correction.recordId()),
                    correction,
                    (one, other) -> other.isMoreThan(one.tokens()) ? other : one);
        }
        return Uni.createFrom()
                .deferred(() -> attempt(organization, byEvent, metadata))
                // Somebody corrected in between, or the view has yet to see who did before: it is read again.
                .onFailure(AppendRejected.class)
                .retry()
                .withBackOff(PAUSE, PAUSE.multipliedBy(4))
                .atMost(TRIES);
    }

    private Uni<Integer> attempt(String organization, Map<String, CorrectUsage> byEvent, Map<String, String> metadata) {
        return current.of(organization, byEvent.keySet()).chain(costs -> log.find(organization, byEvent.keySet())
                .chain(found -> append(organization, costs, found.values(), byEvent, metadata)));
    }

    private Uni<Integer> append(
            String organization,
            Costs costs,
            Iterable<StoredEvent> records,
            Map<String, CorrectUsage> byEvent,
            Map<String, String> metadata) {
        // Taken before any price is looked up: what comes in between is noticed as later than this.
        var pricesAt = prices.book().offset();
        List<NewEvent> events = new ArrayList<>();
        for (var record : records) {
            var larger = byEvent.get(record.id());
            if (larger != null) {
                corrected(organization, record, larger, costs, pricesAt)
                        .ifPresent(corrected -> events.add(types.encode(
                                RecordIds.derived(
                                        record.id(),
                                        "corrected",
                                        record.id(),
                                        String.valueOf(larger.tokens().total())),
                                corrected.timestamp(),
                                corrected,
                                metadata,
                                Set.of(Corrections.chain(organization)))));
            }
        }
        if (events.isEmpty()) {
            return Uni.createFrom().item(0);
        }
        return log.append(organization, events, Corrections.nobodyElseAfter(organization, costs.upTo()))
                // What another row of the same size corrected a moment ago is there already.
                .map(appended -> (int) appended.outcomes().stream()
                        .filter(outcome -> !outcome.duplicate())
                        .count())
                .invoke(count -> corrections.increment(count));
    }

    private Optional<UsageCorrected> corrected(
            String organization, StoredEvent record, CorrectUsage larger, Costs costs, long pricesAt) {
        var recorded = (UsageRecorded) types.decode(record).orElseThrow();
        var usage = costs.counted(record.id(), recorded);
        if (!larger.isMoreThan(usage.tokens()) || usage.outcome().cacheHit()) {
            return Optional.empty();
        }
        var before = new Counted(
                usage.tokens(), usage.outcome().toolCalls(), costs.byEvent().getOrDefault(record.id(), usage.cost()));
        var after = new Counted(
                larger.tokens(),
                larger.toolCalls(),
                cost(organization, usage.counting(larger.tokens(), larger.toolCalls())));
        return Optional.of(new UsageCorrected(
                usage.recordId(),
                usage.provenance().source(),
                usage.timestamp(),
                usage.model(),
                usage.attribution(),
                usage.quantity(),
                before,
                after,
                REASON,
                pricesAt,
                usage.provenance().estimatedCost(),
                usage.provenance().reportedCost()));
    }

    private Cost cost(String organization, UsageRecorded usage) {
        var inForce = prices.book().inForce(organization, usage.model(), usage.timestamp());
        return CostOfCall.of(Call.of(usage), inForce, usage.provenance().reportedCost());
    }
}
