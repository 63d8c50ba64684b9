package dev.centime.eventstore.log;

import java.util.List;

/**
 * What became of an append, durable when this is seen.
 *
 * @param position of the last event in the log that the append is about, new or old
 * @param outcomes one for each event, in order
 */
public record Appended(Position position, List<Outcome> outcomes) {
    /**
     * @param offset where the event lies, also when it lay there before
     * @param duplicate whether its id was in the log already, or earlier in the same append
     */
    public record Outcome(long offset, boolean duplicate) {}
}
