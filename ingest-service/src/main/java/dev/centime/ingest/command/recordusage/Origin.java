package dev.centime.ingest.command.recordusage;

import com.fasterxml.jackson.databind.JsonNode;
import dev.centime.contracts.UsageRecorded.Convention;
import org.jspecify.annotations.Nullable;

/**
 * How a record's token counts came about, kept on its event so that a replay can derive them again.
 *
 * @param convention how the source counts cached tokens; null when it is Centime's own way
 * @param rawUsage the source's usage block, numbers only; null when it is Centime's own
 * @param negativeRemainder the source told of more tokens of one kind than of the whole they are in
 */
public record Origin(
        @Nullable Convention convention, @Nullable JsonNode rawUsage, boolean negativeRemainder) {
    /** Counted Centime's own way. */
    public static final Origin OWN = new Origin(null, null, false);
}
