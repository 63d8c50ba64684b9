package dev.centime.ingest.command.correctusage;

import dev.centime.contracts.Money;
import dev.centime.contracts.Tokens;
import dev.centime.contracts.UsageRecorded;
import dev.centime.ingest.RecordIds;
import java.util.Comparator;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A recorded call, or bucket of calls, counts with this, if it is more than what it counts with.
 *
 * @param recordId of the call, unique in its source
 * @param tokens all of them, not what was added
 * @param toolCalls all of them, by tool name
 * @param requests how many calls it stands for
 * @param reportedCost US dollars by the source's own account; null when it says nothing, which leaves what it said before
 */
public record CorrectUsage(
        String recordId,
        Tokens tokens,
        Map<String, Long> toolCalls,
        long requests,
        @Nullable Money reportedCost) {

    /**
     * Rows only grow, while an answer streams or until a bucket is over, so the larger one is the later one, in whatever order they
     * come. Tokens go first; of rows with as many, calls, then the cost that is told.
     */
    private static final Comparator<CorrectUsage> SIZE = Comparator.comparingLong(
                    (CorrectUsage row) -> row.tokens.total())
            .thenComparingLong(CorrectUsage::requests)
            .thenComparing(CorrectUsage::reportedCost, Comparator.nullsFirst(Comparator.naturalOrder()));

    /** What a call counts with. */
    static CorrectUsage counted(UsageRecorded usage) {
        return new CorrectUsage(
                usage.recordId(),
                usage.tokens(),
                usage.outcome().toolCalls(),
                usage.quantity().requests(),
                usage.provenance().reportedCost());
    }

    boolean isMoreThan(CorrectUsage counted) {
        return SIZE.compare(this, counted) > 0;
    }

    /** Of the event that makes a call count with this: told again, it is the same. @param record the id of the call's event */
    String eventId(String record) {
        return RecordIds.derived(
                record,
                "corrected",
                record,
                String.valueOf(tokens.total()),
                String.valueOf(requests),
                String.valueOf(reportedCost));
    }
}
