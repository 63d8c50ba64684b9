package dev.centime.ingest.command.recordusage;

import dev.centime.contracts.Attribution;
import dev.centime.contracts.Money;
import dev.centime.contracts.UsageRecorded;
import dev.centime.contracts.UsageRecorded.Outcome;
import dev.centime.contracts.UsageRecorded.Provenance;
import dev.centime.contracts.UsageRecorded.Quantity;
import dev.centime.contracts.price.Call;
import dev.centime.contracts.price.CostOfCall;
import dev.centime.contracts.price.PriceBook;
import dev.centime.ingest.RecordIds;
import dev.centime.ingest.Source;
import dev.centime.kit.Problem.FieldError;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Makes events of one caller's records: pure, but for ids made at random where none was given.
 *
 * @param source the input format, part of a record's identity
 * @param subjects ids by the names of users
 * @param estimates US dollars by the ids of estimates that were made before the calls
 * @param idempotencyKey what ids are made of where records have none; null makes them at random
 * @param now the moment of receipt
 */
record DraftUsage(
        String organization,
        Source source,
        Map<String, String> subjects,
        Map<String, Money> estimates,
        @Nullable String idempotencyKey,
        PriceBook prices,
        Instant now) {

    /** @param refused what was refused, now or before */
    record Drafted(List<Draft> drafts, List<Submitted> refused) {}

    Drafted all(List<Submitted> records) {
        // Taken before any price is looked up: what comes in between is noticed as later than this.
        var pricesAt = prices.offset();
        var drafts = new ArrayList<Draft>(records.size());
        var refused = new ArrayList<Submitted>();
        for (var record : records) {
            if (record.command() == null) {
                refused.add(record);
                continue;
            }
            var draft = draft(record.index(), record.command(), record.origin(), pricesAt);
            if (draft.usage().model().provider() == null) {
                refused.add(Submitted.refused(
                        record.index(),
                        record.id(),
                        List.of(new FieldError("provider", "is required: the model does not name it"))));
            } else {
                drafts.add(draft);
            }
        }
        return new Drafted(drafts, refused);
    }

    private Draft draft(int index, RecordUsage record, Origin origin, long pricesAt) {
        var recordId = recordId(index, record);
        var timestamp = record.timestamp() == null ? now : record.timestamp();
        var model =
                prices.named(organization, record.provider(), record.model(), record.serviceTier(), record.region());
        var call = new Call(
                record.tokens(),
                record.serviceTier(),
                record.region(),
                record.toolCalls(),
                record.requests(),
                record.cacheHit());
        var cost = CostOfCall.of(call, prices.inForce(organization, model, timestamp), record.reportedCost());
        var usage = new UsageRecorded(
                recordId,
                timestamp,
                model,
                attribution(record),
                record.tokens(),
                new Outcome(
                        record.status(),
                        record.errorType(),
                        record.retryOf(),
                        record.latencyMs(),
                        record.cacheHit(),
                        record.toolCalls()),
                new Quantity(record.requests(), record.aggregated(), record.units(), record.unitName()),
                cost,
                provenance(record, origin),
                pricesAt);
        return new Draft(
                index, RecordIds.event(organization, source.text(), recordId), usage, record.timestamp() != null);
    }

    private String recordId(int index, RecordUsage record) {
        if (record.id() != null) {
            return record.id();
        }
        return idempotencyKey == null ? RecordIds.random(now) : idempotencyKey + "/" + index;
    }

    private Attribution attribution(RecordUsage record) {
        return new Attribution(
                record.user() == null ? null : subjects.get(record.user()),
                record.project(),
                record.experiment(),
                record.session(),
                record.run(),
                record.operation(),
                record.tags());
    }

    private Provenance provenance(RecordUsage record, Origin origin) {
        return new Provenance(
                source.text(),
                origin.convention(),
                origin.rawUsage(),
                record.promptFingerprint(),
                record.prefixFingerprints(),
                record.estimateId(),
                estimatedCost(record),
                record.reservationId(),
                record.reportedCost(),
                origin.negativeRemainder() ? true : null);
    }

    /** What the caller says goes before what the estimate said that it names. */
    private @Nullable Money estimatedCost(RecordUsage record) {
        return record.estimatedCost() != null || record.estimateId() == null
                ? record.estimatedCost()
                : estimates.get(record.estimateId());
    }
}
