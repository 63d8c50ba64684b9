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
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What the log took of calls since prices were set, from its heads back: views do not know all of it, since calls older than their
 * organization keeps them are in sums alone.
 */
@ApplicationScoped
class TakenCalls {
    private final EventLog log;
    private final EventTypes types;
    private final Set<String> wanted;

    /** Of the one page of prices that is at hand; there is no other, since all prices lie in one partition. */
    private volatile @Nullable LookBack last;

    TakenCalls(EventLog log, EventTypes types) {
        this.log = log;
        this.types = types;
        this.wanted = types.namesOf(PriceCheck.TOLD);
    }

    /**
     * A look back from the heads of now. For prices that come again before they were {@link #forget forgotten}, the same one, as far as
     * it came: what the log took since is not added to it.
     *
     * @param prices as the log holds them, in order
     */
    Uni<LookBack> lookBack(List<Event> prices) {
        return Uni.createFrom().deferred(() -> {
            var known = last;
            return known != null && known.isOf(prices)
                    ? Uni.createFrom().item(known)
                    : log.heads().map(heads -> new LookBack(prices, heads)).invoke(begun -> last = begun);
        });
    }

    /** These prices have seen whatever they had to. */
    void forget(LookBack back) {
        if (last == back) {
            last = null;
        }
    }

    /**
     * The latest first.
     *
     * @param whose organizations whose calls are asked for
     * @param work takes some of them at a time; what it has taken does not come again
     */
    Uni<Void> each(LookBack back, int partition, Predicate<String> whose, Function<List<Event>, Uni<Void>> work) {
        return Multi.createBy()
                .repeating()
                .uni(() -> step(back, partition, whose, work))
                .whilst(more -> more)
                .collect()
                .last()
                .replaceWithVoid();
    }

    /** Whether there is more. */
    private Uni<Boolean> step(
            LookBack back, int partition, Predicate<String> whose, Function<List<Event>, Uni<Void>> work) {
        return back.next(partition)
                .map(stretch -> read(partition, stretch.after(), stretch.end())
                        .call(taken -> work.apply(calls(taken, back.moment(), whose)))
                        .map(taken ->
                                back.passed(partition, stretch, taken.getFirst().recordedAt())))
                .orElseGet(() -> Uni.createFrom().item(false));
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

    private List<Event> calls(List<StoredEvent> taken, Instant moment, Predicate<String> whose) {
        return taken.stream()
                .filter(event -> wanted.contains(event.type())
                        && whose.test(event.organization())
                        && !event.recordedAt().isBefore(moment))
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
