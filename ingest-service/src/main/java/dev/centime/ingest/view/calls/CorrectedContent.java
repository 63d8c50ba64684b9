package dev.centime.ingest.view.calls;

import dev.centime.contracts.Money;
import dev.centime.contracts.Tokens;
import dev.centime.contracts.UsageCorrected;
import dev.centime.contracts.UsageRecorded;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a call counts with since its source told of more than its record says.
 *
 * @param requests null for as many as the record says
 * @param reportedCost null for what the record says
 */
public record CorrectedContent(
        Tokens tokens,
        Map<String, Long> toolCalls,
        @Nullable Long requests,
        @Nullable Money reportedCost) {
    public CorrectedContent {
        //noinspection ConstantValue: absent in JSON when empty
        toolCalls = toolCalls == null ? Map.of() : Map.copyOf(toolCalls);
    }

    /** What a correction makes its call count with. */
    public static CorrectedContent of(UsageCorrected corrected) {
        var after = corrected.after();
        return new CorrectedContent(after.tokens(), after.toolCalls(), after.requests(), after.reportedCost());
    }

    UsageRecorded in(UsageRecorded usage) {
        return usage.counting(tokens, toolCalls, requests, reportedCost);
    }
}
