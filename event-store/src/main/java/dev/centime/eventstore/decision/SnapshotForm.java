package dev.centime.eventstore.decision;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.jspecify.annotations.Nullable;

/**
 * How a state is written down.
 *
 * @param version of the form; another one found in a snapshot is ignored, and the state is folded from the first event
 * @param every after so many folded events a new snapshot is stored
 */
public record SnapshotForm<S>(Class<S> type, int version, int every, ObjectMapper mapper) {
    public SnapshotForm {
        if (every < 1) {
            throw new IllegalArgumentException("every must be at least 1");
        }
    }

    byte[] write(S state) {
        try {
            return mapper.writeValueAsBytes(state);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The state, or null when the bytes are of no use any more: then the log is asked. */
    @Nullable
    S read(byte[] bytes) {
        try {
            return mapper.readValue(bytes, type);
        } catch (IOException e) {
            return null;
        }
    }
}
