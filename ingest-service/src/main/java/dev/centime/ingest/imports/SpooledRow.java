package dev.centime.ingest.imports;

import com.fasterxml.jackson.databind.JsonNode;
import dev.centime.contracts.UsageRecorded.Convention;
import dev.centime.ingest.command.recordusage.Origin;
import dev.centime.ingest.command.recordusage.RecordUsage;
import dev.centime.ingest.command.recordusage.Submitted;
import org.jspecify.annotations.Nullable;

/**
 * A record on its way from the file to the log. Written as JSON; what it was in the file, save this, is gone.
 *
 * @param file within an archive, else null
 */
record SpooledRow(
        @Nullable String file,
        long line,
        @Nullable Convention convention,
        @Nullable JsonNode rawUsage,
        boolean negativeRemainder,
        RecordUsage usage) {

    static SpooledRow of(@Nullable String file, long line, RecordUsage usage, Origin origin) {
        return new SpooledRow(file, line, origin.convention(), origin.rawUsage(), origin.negativeRemainder(), usage);
    }

    /** The same, counted under another id. */
    SpooledRow identified(String recordId) {
        return new SpooledRow(file, line, convention, rawUsage, negativeRemainder, usage.identified(recordId));
    }

    Submitted submitted(int index) {
        return Submitted.of(index, usage, new Origin(convention, rawUsage, negativeRemainder));
    }

    Rejection rejection(String field, String reason) {
        return new Rejection(file, line, field, reason);
    }
}
