package dev.centime.contracts;

import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A recorded call was larger than its record said: its source told of it again, with more tokens. Sources that write a row while
 * the answer still streams do that. Carries all dimensions and what was counted before and after, so that no reader needs the old
 * row; both costs are by the prices of their own moment, and the chain of corrections of a call goes from {@code before} to {@code
 * after}, those of {@link UsageRepriced} included.
 *
 * @param recordId of the {@link UsageRecorded} it corrects
 * @param source of that record
 * @param timestamp when the call was made, as first recorded
 * @param before what the log held until now
 * @param after what counts from now on
 * @param reason why, for people
 * @param pricesAt the offset of the platform's partition at which the price of {@code after} was read
 * @param estimatedCost of that record, so that what is set against its cost follows the cost
 * @param reportedCost of that record, likewise
 */
@StoredAs(name = "usage-corrected")
public record UsageCorrected(
        String recordId,
        String source,
        Instant timestamp,
        Model model,
        Attribution attribution,
        UsageRecorded.Quantity quantity,
        Counted before,
        Counted after,
        String reason,
        long pricesAt,
        @Nullable Money estimatedCost,
        @Nullable Money reportedCost) {

    /**
     * What a call counts with.
     *
     * @param toolCalls calls by tool name; empty when there are none
     */
    public record Counted(Tokens tokens, Map<String, Long> toolCalls, Cost cost) {
        public Counted {
            //noinspection ConstantValue: absent in JSON when empty
            toolCalls = toolCalls == null ? Map.of() : Map.copyOf(toolCalls);
        }
    }
}
