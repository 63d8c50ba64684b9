package dev.centime.ingest.command.recordusage;

import dev.centime.contracts.UsageRecorded;

/**
 * A call named and priced, not yet appended.
 *
 * @param index its place in the body
 * @param eventId follows from the record's id
 * @param timed whether the caller said when the call was made
 */
record Draft(int index, String eventId, UsageRecorded usage, boolean timed) {

    /** Whether the log holds something else under this record's id. What Centime adds (cost, receipt) is not content. */
    boolean differsFrom(UsageRecorded first) {
        return timed && !usage.timestamp().equals(first.timestamp())
                || !usage.model().equals(first.model())
                || !usage.attribution().equals(first.attribution())
                || !usage.tokens().equals(first.tokens())
                || !usage.outcome().equals(first.outcome())
                || !usage.quantity().equals(first.quantity())
                || !usage.provenance().equals(first.provenance());
    }
}
