package dev.centime.eventstore.log;

import io.smallrye.mutiny.Uni;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** Where the old parts of the log lie that are in its tables no more. Asked only about what the tables do not hold. */
public interface LogArchive {
    /**
     * Some archived events in order.
     *
     * @param upTo everything up to here was looked at
     */
    record Stretch(List<StoredEvent> events, long upTo) {}

    /**
     * The wanted ones of the events after an offset.
     *
     * @param limit at most so many; looks at some thousand events at most
     * @return fails with {@link LogGap} when the next event is not archived either
     */
    Uni<Stretch> read(int partition, long after, int limit, Predicate<StoredEvent> wanted);

    /** The archived events of an organization that have these ids. */
    Uni<List<StoredEvent>> find(int partition, String organization, Collection<String> ids);

    /** The offset before the first archived event that happened at an instant or later; empty when none did. */
    Uni<Optional<Long>> before(int partition, Instant at);

    /** No archive is known: whoever reads where the log was archived is told. */
    static LogArchive none() {
        return new NoArchive();
    }
}
