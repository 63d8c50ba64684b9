package dev.centime.ingest.view;

import dev.centime.contracts.Attribution;
import dev.centime.contracts.Cost;
import dev.centime.contracts.Model;
import dev.centime.contracts.UsageCorrected;
import dev.centime.contracts.UsageCorrected.Counted;
import dev.centime.contracts.UsageRecorded;
import dev.centime.contracts.UsageRepriced;
import dev.centime.eventstore.log.Event;
import dev.centime.eventstore.log.StoredEvent;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What one event adds to the sums: a call everything, a correction the difference of what it counts with before and after.
 *
 * @param stored where it lies in the log
 * @param at when the call was made, also for a correction
 * @param prompt the hash of the call's prompt, null for a correction and where nobody told
 * @param retryOf the record id of the call that it repeats, null likewise
 */
public record Contribution(
        StoredEvent stored,
        String recordId,
        String source,
        boolean correction,
        Instant at,
        Model model,
        Attribution attribution,
        @Nullable String prompt,
        @Nullable String retryOf,
        Measures measures) {

    /** @throws IllegalArgumentException for an event that adds to no sum */
    public static Contribution of(Event event) {
        return switch (event.payload()) {
            case UsageRecorded usage -> recorded(event.stored(), usage);
            case UsageRepriced repriced -> repriced(event.stored(), repriced);
            case UsageCorrected corrected -> corrected(event.stored(), corrected);
            default ->
                throw new IllegalArgumentException(
                        "adds to no sum: " + event.stored().type());
        };
    }

    private static Contribution recorded(StoredEvent stored, UsageRecorded usage) {
        var provenance = usage.provenance();
        var money = new CostOfRequests(
                usage.cost(),
                usage.quantity().requests(),
                usage.tokens().total(),
                provenance.estimatedCost(),
                provenance.reportedCost());
        return new Contribution(
                stored,
                usage.recordId(),
                provenance.source(),
                false,
                usage.timestamp(),
                usage.model(),
                usage.attribution(),
                provenance.promptFingerprint(),
                usage.outcome().retryOf(),
                money.with(usage));
    }

    private static Contribution repriced(StoredEvent stored, UsageRepriced repriced) {
        return new Contribution(
                stored,
                repriced.recordId(),
                repriced.source(),
                true,
                repriced.timestamp(),
                repriced.model(),
                repriced.attribution(),
                null,
                null,
                at(repriced.after(), repriced).less(at(repriced.before(), repriced)));
    }

    private static Measures at(Cost cost, UsageRepriced repriced) {
        return new CostOfRequests(
                        cost,
                        repriced.quantity().requests(),
                        repriced.tokens().total(),
                        repriced.estimatedCost(),
                        repriced.reportedCost())
                .measures();
    }

    private static Contribution corrected(StoredEvent stored, UsageCorrected corrected) {
        return new Contribution(
                stored,
                corrected.recordId(),
                corrected.source(),
                true,
                corrected.timestamp(),
                corrected.model(),
                corrected.attribution(),
                null,
                null,
                at(corrected.after(), corrected).less(at(corrected.before(), corrected)));
    }

    private static Measures at(Counted counted, UsageCorrected corrected) {
        return new CostOfRequests(
                        counted.cost(),
                        corrected.requests(counted),
                        counted.tokens().total(),
                        corrected.estimatedCost(),
                        corrected.reportedCost(counted))
                .with(counted.tokens());
    }

    /** A dimension as a key has it, which knows no nulls. */
    public static String keyed(@Nullable String value) {
        return value == null ? "" : value;
    }
}
