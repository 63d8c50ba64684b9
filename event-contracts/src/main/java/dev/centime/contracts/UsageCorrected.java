package dev.centime.contracts;

import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A recorded call, or bucket of calls, was larger than its record said: its source told of it again, with more. Sources that write a
 * row while the answer still streams, or report an hour that is not over, do that. Carries all dimensions and what was counted before and after, so that no reader needs the old
 * row; both costs are by the prices of their own moment, and the chain of corrections of a call goes from {@code before} to {@code
 * after}, those of {@link UsageRepriced} included.
 *
 * @param recordId of the {@link UsageRecorded} it corrects
 * @param source of that record
 * @param timestamp when the call was made, as first recorded
 * @param quantity of that record
 * @param before what the log held until now
 * @param after what counts from now on
 * @param reason why, for people
 * @param pricesAt the offset of the platform's partition at which the price of {@code after} was read
 * @param estimatedCost of that record, so that what is set against its cost follows the cost
 * @param reportedCost of that record; what counts stands in {@code before} and {@code after}
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

    /** How many calls it counts as, before or after. */
    public long requests(Counted counted) {
        return counted.requests == null ? quantity.requests() : counted.requests;
    }

    /** US dollars by its caller's own account, before or after; null without one. */
    public @Nullable Money reportedCost(Counted counted) {
        return counted.reportedCost == null ? reportedCost : counted.reportedCost;
    }

    /**
     * What a call counts with.
     *
     * @param toolCalls calls by tool name; empty when there are none
     * @param requests how many calls it stands for; null for as many as the record says
     * @param reportedCost US dollars as the source tells of them; null for what the record says
     */
    public record Counted(
            Tokens tokens,
            Map<String, Long> toolCalls,
            Cost cost,
            @Nullable Long requests,
            @Nullable Money reportedCost) {
        public Counted {
            //noinspection ConstantValue: absent in JSON when empty
            toolCalls = toolCalls == null ? Map.of() : Map.copyOf(toolCalls);
        }
    }
}
