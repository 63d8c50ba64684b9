package dev.centime.ingest.reaction;

import dev.centime.eventstore.log.Event;
import dev.centime.eventstore.log.EventLog;
import dev.centime.eventstore.log.EventTypes;
import dev.centime.eventstore.log.EventTypes.EventUnreadable;
import dev.centime.eventstore.log.StoredEvent;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * What the log took of calls since a moment, from its head back: views do not know all of it, since calls older than their organization
 * keeps them are in sums alone.
 */
@ApplicationScoped
class TakenCalls {
    private static final int STRETCH = 1000;

    private final EventLog log;
    private final EventTypes types;
    private final Set<String> wanted;

    TakenCalls(EventLog log, EventTypes types) {
        this.log = log;
        this.types = types;
        this.wanted = types.namesOf(PriceCheck.TOLD);
    }

    /** @param work takes some of them at a time, of all organizations of the partition */
    Uni<Void> since(int partition, Instant moment, Function<List<Event>, Uni<Void>> work) {
        return log.head(partition).chain(head -> {
            var end = new AtomicLong(head);
            return Multi.createBy()
                    .repeating()
                    .uni(() -> stretch(partition, end.getAndUpdate(TakenCalls::before))
                            .call(taken -> work.apply(calls(taken, moment))))
                    .whilst(taken ->
                            end.get() > 0 && !taken.getFirst().recordedAt().isBefore(moment))
                    .collect()
                    .last()
                    .replaceWithVoid();
        });
    }

    private static long before(long end) {
        return Math.max(0, end - STRETCH);
    }

    /** Nothing where the partition is empty. @param end included */
    private Uni<List<StoredEvent>> stretch(int partition, long end) {
        return end == 0 ? Uni.createFrom().item(List.of()) : read(partition, before(end), end);
    }

    /** What is archived comes in smaller pieces. */
    private Uni<List<StoredEvent>> read(int partition, long after, long end) {
        return log.read(partition, after, Math.toIntExact(end - after)).chain(some -> {
            var upTo = some.getLast().offset();
            return upTo >= end
                    ? Uni.createFrom().item(some)
                    : read(partition, upTo, end).map(rest -> Stream.concat(some.stream(), rest.stream())
                            .toList());
        });
    }

    private List<Event> calls(List<StoredEvent> taken, Instant moment) {
        return taken.stream()
                .filter(event ->
                        wanted.contains(event.type()) && !event.recordedAt().isBefore(moment))
                .flatMap(event -> read(event).stream())
                .toList();
    }

    /** What cannot be read stops whoever checks the calls of its own partition, who tells of it. */
    private Optional<Event> read(StoredEvent stored) {
        try {
            return types.decode(stored).map(payload -> new Event(stored, payload));
        } catch (EventUnreadable e) {
            return Optional.empty();
        }
    }
}
