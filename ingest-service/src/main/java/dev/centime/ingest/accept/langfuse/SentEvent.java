package dev.centime.ingest.accept.langfuse;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One event of a batch.
 *
 * @param id of the event, by which it is answered; empty when there is none
 * @param kind what it tells of
 * @param about the id of the generation or trace
 * @param body without what a model was asked and what it answered
 * @param fault why it cannot be taken; null when it can
 */
record SentEvent(
        String id,
        Kind kind,
        String about,
        ObjectNode body,
        @Nullable String fault) {
    private static final Set<String> GENERATIONS = Set.of("generation-create", "generation-update");
    private static final Set<String> OBSERVATIONS = Set.of("observation-create", "observation-update");

    /** What an event tells of. */
    enum Kind {
        GENERATION,
        TRACE,
        /** Spans, scores and whatever else costs nothing. */
        OTHER;

        static Kind of(String type, ObjectNode body) {
            var generation = GENERATIONS.contains(type)
                    || OBSERVATIONS.contains(type) && body.path("type").asText().equalsIgnoreCase("GENERATION");
            if (generation) {
                return GENERATION;
            }
            return type.equals("trace-create") ? TRACE : OTHER;
        }
    }

    static SentEvent broken(String id, String fault) {
        return new SentEvent(id, Kind.OTHER, "", Facts.NODES.objectNode(), fault);
    }
}
