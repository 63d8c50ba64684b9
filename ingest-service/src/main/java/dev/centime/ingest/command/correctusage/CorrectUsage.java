package dev.centime.ingest.command.correctusage;

import dev.centime.contracts.Tokens;
import java.util.Map;

/**
 * A recorded call counts with this, if it is more than what it counts with.
 *
 * @param recordId of the call, unique in its source
 * @param tokens all of them, not what was added
 * @param toolCalls all of them, by tool name
 */
public record CorrectUsage(String recordId, Tokens tokens, Map<String, Long> toolCalls) {
    /** Rows only grow while an answer streams, so the larger one is the later one, in whatever order they come. */
    boolean isMoreThan(Tokens counted) {
        return tokens.total() > counted.total();
    }
}
