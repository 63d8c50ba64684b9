package dev.centime.eventstore.log;

import io.smallrye.mutiny.Uni;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The log of events, cut into partitions. Within a partition offsets have no gaps and become visible in order; nothing is
 * promised between partitions. What an append acknowledges is durable.
 *
 * <p>Nothing happens before subscription. Failures are {@link AppendRejected} when a condition does not hold,
 * {@link LogUnavailable} when the database is away or slow and a retry of the same append (same ids) may help, and
 * {@link IllegalArgumentException} for events that the log would never take.
 */
public interface EventLog {
    /** The partition that holds the platform's own organization, and no other. */
    int PLATFORM_PARTITION = 0;

    /** The most events of one append. */
    int MAX_APPEND = 10_000;

    /** Which incarnation of the database this is; part of every {@link Position}. */
    Uni<Long> timeline();

    /** All partitions there are, ascending. */
    Uni<List<Integer>> partitions();

    /** Where an organization lies, stored when it is first asked for. */
    Uni<Integer> partitionOf(String organization);

    /** Appends facts that rest on no decision; those that queue for one partition share a call. */
    Uni<Appended> append(String organization, List<NewEvent> events);

    /** Appends what was decided, if nothing came in between. */
    Uni<Appended> append(String organization, List<NewEvent> events, AppendCondition condition);

    /** The largest offset of a partition, 0 when it is empty. */
    Uni<Long> head(int partition);

    /** The largest offset of every partition, asked for in one query, so that watching all of them is cheap. */
    Uni<Map<Integer, Long>> heads();

    /** The events after an offset, ascending, at most {@code limit}, of all types. */
    Uni<List<StoredEvent>> read(int partition, long after, int limit);

    /** As {@link #read(int, long, int)}; types not asked for are passed over, and {@link Page#upTo()} says how far. */
    Uni<Page> read(int partition, long after, int limit, Set<String> types);

    /** The events that any criterion matches, after an offset and up to the head that was read first. */
    Uni<Sourced> source(String organization, Set<Criterion> anyOf, long after);

    /** The events with these ids, by id; ids that the log does not hold are absent. */
    Uni<Map<String, StoredEvent>> find(String organization, Collection<String> ids);

    /** Which of some tags the events after an offset and up to another carry, by offset; events with none are absent. */
    Uni<Map<Long, Set<Tag>>> tags(int partition, long after, long upTo, Set<Tag> wanted);

    /** The offset before the first event that happened at an instant or later; the head when none did. Looks at all. */
    Uni<Long> before(int partition, Instant at);

    /**
     * Some events in order.
     *
     * @param upTo everything up to here was looked at, whether it was wanted or not
     * @param timeline that they were read on
     */
    record Page(List<StoredEvent> events, long upTo, long timeline) {}

    /**
     * What a decision rests on.
     *
     * @param head up to which the log was read; the {@code after} of the condition to append with
     */
    record Sourced(List<StoredEvent> events, Position head) {}
}
