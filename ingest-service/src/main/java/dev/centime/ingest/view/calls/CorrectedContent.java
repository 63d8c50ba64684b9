package dev.centime.ingest.view.calls;

import dev.centime.contracts.Tokens;
import dev.centime.contracts.UsageCorrected;
import java.util.Map;

/** What a call counts with since its source told of more than its record says. */
public record CorrectedContent(Tokens tokens, Map<String, Long> toolCalls) {
    public CorrectedContent {
        //noinspection ConstantValue: absent in JSON when empty
        toolCalls = toolCalls == null ? Map.of() : Map.copyOf(toolCalls);
    }

    static CorrectedContent of(UsageCorrected corrected) {
        return new CorrectedContent(
                corrected.after().tokens(), corrected.after().toolCalls());
    }
}
