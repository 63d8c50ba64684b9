package dev.centime.contracts;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A recorded call costs something else than was thought: a price came later, was wrong, or a contract began. Carries all
 * dimensions and both costs, so that no reader needs the old row.
 *
 * @param recordId of the {@link UsageRecorded} it corrects
 * @param source of that record
 * @param timestamp when the call was made, which decides the day it moves
 * @param before the cost that the log held until now
 * @param after the cost from now on
 * @param reason why, for people
 * @param reprice the run that did it, null when it followed a price change by itself
 * @param estimatedCost of that record, so that what is set against its cost follows the cost
 * @param reportedCost of that record, likewise
 */
@StoredAs(name = "usage-repriced")
public record UsageRepriced(
        String recordId,
        String source,
        Instant timestamp,
        Model model,
        Attribution attribution,
        Tokens tokens,
        UsageRecorded.Quantity quantity,
        Cost before,
        Cost after,
        String reason,
        @Nullable String reprice,
        long pricesAt,
        @Nullable Money estimatedCost,
        @Nullable Money reportedCost) {}
