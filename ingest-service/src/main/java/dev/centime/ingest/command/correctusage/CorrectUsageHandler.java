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
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Appends what a recorded call counts with now; a row told twice corrects once. */
@ApplicationScoped
public class CorrectUsageHandler {
    private static final String REASON = "the source told of more";
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
     * @param metadata of the events: who, and on what occasion; what the same occasion ({@code correlation}) corrected before, and
     *     could not tell of any more, is told of as if it had been now
     * @return how many calls count with more by this
     */
    public Uni<Integer> correct(
            String organization, String source, List<CorrectUsage> larger, Map<String, String> metadata) {
        var byEvent = byEvent(organization, source, larger);
        return byEvent.isEmpty()
                ? Uni.createFrom().item(0)
                : Uni.createFrom()
                        .deferred(() -> attempt(organization, byEvent, metadata))
                        // Somebody corrected in between, or the view has yet to see who did before: it is read again.
                        .onFailure(AppendRejected.class)
                        .retry()
                        .withBackOff(PAUSE, PAUSE.multipliedBy(4))
                        .atMost(TRIES);
    }

    /** How many calls would count with more; none does. */
    public Uni<Integer> preview(String organization, String source, List<CorrectUsage> larger) {
        var byEvent = byEvent(organization, source, larger);
        return byEvent.isEmpty()
                ? Uni.createFrom().item(0)
                : current.of(organization, byEvent.keySet()).chain(costs -> log.find(organization, byEvent.keySet())
                        .map(found -> events(organization, costs, found, byEvent, Map.of())
                                .size()));
    }

    /** The largest row of each call, by the id of the event that recorded it. */
    private static Map<String, CorrectUsage> byEvent(String organization, String source, List<CorrectUsage> larger) {
        var byEvent = new HashMap<String, CorrectUsage>();
        for (var row : larger) {
            byEvent.merge(
                    RecordIds.event(organization, source, row.recordId()),
                    row,
                    (one, other) -> other.isMoreThan(one) ? other : one);
        }
        return byEvent;
    }

    private Uni<Integer> attempt(String organization, Map<String, CorrectUsage> byEvent, Map<String, String> metadata) {
        var ids = new HashSet<>(byEvent.keySet());
        byEvent.forEach((record, row) -> ids.add(row.eventId(record)));
        return current.of(organization, byEvent.keySet())
                .chain(costs -> log.find(organization, ids).chain(found -> append(
                                organization, events(organization, costs, found, byEvent, metadata), costs.upTo())
                        .map(now -> now + before(found, byEvent, metadata))));
    }

    private Uni<Integer> append(String organization, List<NewEvent> events, long upTo) {
        return events.isEmpty()
                ? Uni.createFrom().item(0)
                : log.append(organization, events, Corrections.nobodyElseAfter(organization, upTo))
                        // What another row of the same size corrected a moment ago is there already.
                        .map(appended -> (int) appended.outcomes().stream()
                                .filter(outcome -> !outcome.duplicate())
                                .count())
                        .invoke(count -> corrections.increment(count));
    }

    private static int before(
            Map<String, StoredEvent> found, Map<String, CorrectUsage> byEvent, Map<String, String> metadata) {
        var occasion = metadata.get("correlation");
        return occasion == null
                ? 0
                : (int) byEvent.entrySet().stream()
                        .map(each -> found.get(each.getValue().eventId(each.getKey())))
                        .filter(event -> event != null
                                && occasion.equals(event.metadata().get("correlation")))
                        .count();
    }

    private List<NewEvent> events(
            String organization,
            Costs costs,
            Map<String, StoredEvent> found,
            Map<String, CorrectUsage> byEvent,
            Map<String, String> metadata) {
        // Taken before any price is looked up: what comes in between is noticed as later than this.
        var pricesAt = prices.book().offset();
        List<NewEvent> events = new ArrayList<>();
        byEvent.forEach((id, larger) -> {
            var record = found.get(id);
            if (record != null) {
                corrected(organization, record, larger, costs, pricesAt)
                        .map(corrected -> types.encode(
                                larger.eventId(id),
                                corrected.timestamp(),
                                corrected,
                                metadata,
                                Set.of(Corrections.chain(organization))))
                        .ifPresent(events::add);
            }
        });
        return events;
    }

    private Optional<UsageCorrected> corrected(
            String organization, StoredEvent record, CorrectUsage larger, Costs costs, long pricesAt) {
        var recorded = (UsageRecorded) types.decode(record).orElseThrow();
        var usage = costs.counted(record.id(), recorded);
        if (!larger.isMoreThan(CorrectUsage.counted(usage)) || usage.outcome().cacheHit()) {
            return Optional.empty();
        }
        var grown = usage.counting(larger.tokens(), larger.toolCalls(), larger.requests(), larger.reportedCost());
        return Optional.of(new UsageCorrected(
                usage.recordId(),
                usage.provenance().source(),
                usage.timestamp(),
                usage.model(),
                usage.attribution(),
                recorded.quantity(),
                counted(usage, costs.byEvent().getOrDefault(record.id(), recorded.cost())),
                counted(grown, cost(organization, grown)),
                REASON,
                pricesAt,
                usage.provenance().estimatedCost(),
                recorded.provenance().reportedCost()));
    }

    private static Counted counted(UsageRecorded usage, Cost cost) {
        return new Counted(
                usage.tokens(),
                usage.outcome().toolCalls(),
                cost,
                usage.quantity().requests(),
                usage.provenance().reportedCost());
    }

    private Cost cost(String organization, UsageRecorded usage) {
        var inForce = prices.book().inForce(organization, usage.model(), usage.timestamp());
        return CostOfCall.of(Call.of(usage), inForce, usage.provenance().reportedCost());
    }
}
