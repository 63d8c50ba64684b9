package dev.centime.ingest.command.reprice;

import dev.centime.contracts.Cost;
import dev.centime.contracts.Model;
import dev.centime.contracts.UsageRecorded;
import dev.centime.contracts.UsageRepriced;
import dev.centime.contracts.price.Call;
import dev.centime.contracts.price.CostOfCall;
import dev.centime.eventstore.log.AppendRejected;
import dev.centime.eventstore.log.EventLog;
import dev.centime.eventstore.log.EventTypes;
import dev.centime.eventstore.log.NewEvent;
import dev.centime.eventstore.log.StoredEvent;
import dev.centime.eventstore.projection.NotThereYet;
import dev.centime.ingest.Corrections;
import dev.centime.ingest.Prices;
import dev.centime.ingest.RecordIds;
import dev.centime.ingest.view.calls.CorrectedContent;
import dev.centime.ingest.view.calls.CurrentCosts;
import dev.centime.ingest.view.calls.CurrentCosts.Costs;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Corrects what calls cost. A correction names the cost before it, so the corrections of one organization must form a chain: each
 * append holds only if none came after what it had read.
 *
 * <p>By itself this gives a cost to calls that had none, and to calls that were appended after a price they were priced without what
 * they would have cost a moment later. What was right when it was recorded changes only on request.
 */
@ApplicationScoped
public class Repricing {
    /** The most calls of one append. */
    public static final int CHUNK = 1000;

    private static final Duration PAUSE = Duration.ofMillis(50);
    private static final int TRIES = 100;
    private static final String REASON = "the price of the model became known";

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
                .description("Calls whose cost a later price or a run corrected")
                .register(metrics);
    }

    /** Who asked for a run, and why. */
    record Run(String id, String actor, String reason) {}

    /** A call that costs something else. @param at when it was made */
    record Changed(Model model, Instant at, Cost before, Cost after) {}

    /** What a call ought to cost; null leaves it as it is. */
    private interface Target {
        @Nullable
        Cost of(StoredEvent record, UsageRecorded usage, Cost before);
    }

    private record Correction(StoredEvent record, UsageRecorded usage, Cost before, Cost after) {
        Changed changed() {
            return new Changed(usage.model(), usage.timestamp(), before, after);
        }
    }

    /** What would change by the prices known now. @param eventIds of records, at most {@link #CHUNK} */
    Uni<List<Changed>> wouldChange(String organization, Collection<String> eventIds) {
        return current.of(organization, eventIds).chain(costs -> log.find(organization, eventIds)
                .map(found -> corrections(costs, found.values(), known(organization)).stream()
                        .map(Correction::changed)
                        .toList()));
    }

    /**
     * Corrects, for a run, calls that cost something else by the prices known now. Once a call and run: what a run that was
     * interrupted had corrected already is answered as if it had been now.
     *
     * @throws AppendRejected (as a failure) when somebody corrected calls of this organization in between, or the view has not caught up
     *     with who did before: to be tried again
     */
    Uni<List<Changed>> correctFor(Run run, String organization, Collection<String> eventIds) {
        var corrected = Map.of("actor", run.actor());
        var ids = eventIds.stream().map(id -> idFor(run, id)).toList();
        return log.find(organization, ids).chain(done -> current.of(organization, eventIds)
                .chain(costs -> log.find(organization, eventIds).chain(found -> {
                    var pricesAt = prices.book().offset();
                    var now = corrections(costs, found.values(), known(organization)).stream()
                            .filter(each ->
                                    !done.containsKey(idFor(run, each.record().id())))
                            .toList();
                    List<NewEvent> events = now.stream()
                            .map(each -> event(
                                    organization,
                                    each,
                                    idFor(run, each.record().id()),
                                    run.reason(),
                                    run.id(),
                                    pricesAt,
                                    corrected))
                            .toList();
                    return append(organization, events, costs.upTo()).map(count -> all(done.values(), now));
                })));
    }

    private List<Changed> all(Collection<StoredEvent> before, List<Correction> now) {
        var changed = new ArrayList<Changed>();
        for (var event : before) {
            var repriced = (UsageRepriced) types.decode(event).orElseThrow();
            changed.add(new Changed(repriced.model(), repriced.timestamp(), repriced.before(), repriced.after()));
        }
        now.forEach(each -> changed.add(each.changed()));
        return changed;
    }

    private static String idFor(Run run, String recordEventId) {
        return RecordIds.derived(recordEventId, "reprice", run.id(), recordEventId);
    }

    /**
     * Corrects, of calls that wait for a price, those that have one now.
     *
     * @param eventIds of their records, at most {@link #CHUNK}
     * @return how many were corrected
     * @throws AppendRejected (as a failure) when others correct calls of this organization all the time: to be tried again
     */
    public Uni<Integer> correct(String organization, Collection<String> eventIds) {
        return byItself(organization, eventIds, 0, (record, content) -> null);
    }

    /**
     * What was appended about a call just now.
     *
     * @param offset of what was appended, in the organization's partition
     * @param at when the log took it
     * @param content what it made the call count with; null where it left that as it was, as its record and other costs do
     */
    public record Told(long offset, Instant at, @Nullable CorrectedContent content) {}

    /**
     * Corrects, of calls that were told of just now, those that have a price now or should have had another one then.
     *
     * @param told by event id of the record, at most {@link #CHUNK}
     * @return how many were corrected
     * @throws AppendRejected (as a failure) when others correct calls of this organization all the time: to be tried again
     * @throws NotThereYet (as a failure) when the view does not come to hold what was told: to be tried again
     */
    public Uni<Integer> correct(String organization, Map<String, Told> told) {
        var last = told.values().stream().mapToLong(Told::offset).max().orElse(0);
        return byItself(organization, told.keySet(), last, (record, content) -> {
            var known = Objects.requireNonNull(told.get(record.id()));
            // Whoever corrected the content since priced it anew, and is told of by itself.
            return Objects.equals(content, known.content()) ? known.at() : null;
        });
    }

    /** The moment whose prices a call goes by; null where it has them. */
    private interface Moment {
        /** @param content what the call counts with; null for what its record says */
        @Nullable
        Instant of(StoredEvent record, @Nullable CorrectedContent content);
    }

    /** @param from the offset that the view must have come to */
    private Uni<Integer> byItself(String organization, Collection<String> eventIds, long from, Moment moment) {
        return Uni.createFrom()
                .deferred(() -> once(organization, eventIds, from, moment))
                // Somebody corrected just now, and the view has yet to see it; it is read again until it has.
                .onFailure(failure -> failure instanceof AppendRejected || failure instanceof NotThereYet)
                .retry()
                .withBackOff(PAUSE, PAUSE.multipliedBy(4))
                .atMost(TRIES);
    }

    private Uni<Integer> once(String organization, Collection<String> eventIds, long from, Moment moment) {
        return current.of(organization, eventIds)
                .invoke(costs -> {
                    if (costs.upTo() < from) {
                        throw new NotThereYet("the view of calls has yet to come to " + from);
                    }
                })
                .chain(costs -> log.find(organization, eventIds).chain(found -> {
                    // What these costs rest on: taken first, so that what comes later is noticed.
                    var pricesAt = prices.book().offset();
                    var corrections = corrections(
                            costs,
                            found.values(),
                            (record, usage, before) -> byItself(organization, costs, record, usage, before, moment));
                    List<NewEvent> events = corrections.stream()
                            .map(each -> event(
                                    organization,
                                    each,
                                    RecordIds.derived(
                                            each.record().id(),
                                            "repriced",
                                            each.record().id(),
                                            String.valueOf(costs.upTo())),
                                    REASON,
                                    null,
                                    pricesAt,
                                    Map.of(
                                            "actor",
                                            "centime",
                                            "causation",
                                            each.record().id())))
                            .toList();
                    return append(organization, events, costs.upTo());
                }));
    }

    private @Nullable Cost byItself(
            String organization, Costs costs, StoredEvent record, UsageRecorded usage, Cost before, Moment moment) {
        if (before.source() != Cost.Source.CALCULATED) {
            return at(organization, usage, Instant.MAX);
        }
        var content = costs.contents().get(record.id());
        var waited = content == null && usage.cost().source() != Cost.Source.CALCULATED;
        // What waited for a price has it by now, and at its own moment there was none.
        var knownAt = waited || costs.onRequest().contains(record.id()) ? null : moment.of(record, content);
        if (knownAt == null) {
            return null;
        }
        var then = at(organization, usage, knownAt);
        // Without a price by then it is as any call without one: the next that came is its own.
        return then.source() == Cost.Source.CALCULATED ? then : at(organization, usage, Instant.MAX);
    }

    private List<Correction> corrections(Costs costs, Collection<StoredEvent> records, Target target) {
        var corrections = new ArrayList<Correction>();
        for (var record : records) {
            var usage = costs.counted(
                    record.id(), (UsageRecorded) types.decode(record).orElseThrow());
            var before = costs.byEvent().getOrDefault(record.id(), usage.cost());
            var after = target.of(record, usage, before);
            if (after != null && !after.equals(before)) {
                corrections.add(new Correction(record, usage, before, after));
            }
        }
        return corrections;
    }

    private Uni<Integer> append(String organization, List<NewEvent> events, long upTo) {
        if (events.isEmpty()) {
            return Uni.createFrom().item(0);
        }
        return log.append(organization, events, Corrections.nobodyElseAfter(organization, upTo))
                .invoke(() -> corrections.increment(events.size()))
                .replaceWith(events.size());
    }

    private NewEvent event(
            String organization,
            Correction correction,
            String id,
            String reason,
            @Nullable String run,
            long pricesAt,
            Map<String, String> metadata) {
        var usage = correction.usage();
        var repriced = new UsageRepriced(
                usage.recordId(),
                usage.provenance().source(),
                usage.timestamp(),
                usage.model(),
                usage.attribution(),
                usage.tokens(),
                usage.quantity(),
                correction.before(),
                correction.after(),
                reason,
                run,
                pricesAt,
                usage.provenance().estimatedCost(),
                usage.provenance().reportedCost());
        return types.encode(id, usage.timestamp(), repriced, metadata, Set.of(Corrections.chain(organization)));
    }

    private Target known(String organization) {
        return (record, usage, before) -> at(organization, usage, Instant.MAX);
    }

    /** Whether a call costs something else by the prices of the moment it was appended at than it was said to. */
    public boolean isSuspect(String organization, UsageRecorded usage, Instant appendedAt) {
        var knownAt = usage.cost().source() == Cost.Source.CALCULATED ? appendedAt : Instant.MAX;
        return prices.book().changedSince(usage.pricesAt())
                && !at(organization, usage, knownAt).equals(usage.cost());
    }

    /** What a call costs by the prices known at a moment. */
    private Cost at(String organization, UsageRecorded usage, Instant knownAt) {
        var inForce = prices.book().inForce(organization, usage.model(), usage.timestamp(), knownAt);
        return CostOfCall.of(Call.of(usage), inForce, usage.provenance().reportedCost());
    }
}
