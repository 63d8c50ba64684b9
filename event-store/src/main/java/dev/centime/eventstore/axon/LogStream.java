package dev.centime.eventstore.axon;

import dev.centime.eventstore.log.EventLog;
import dev.centime.eventstore.log.LogUnavailable;
import dev.centime.eventstore.log.StoredEvent;
import dev.centime.eventstore.log.Tag;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.axonframework.messaging.core.Context;
import org.axonframework.messaging.core.MessageStream;
import org.axonframework.messaging.core.QualifiedName;
import org.axonframework.messaging.core.SimpleEntry;
import org.axonframework.messaging.eventhandling.EventMessage;
import org.axonframework.messaging.eventhandling.processing.streaming.token.TrackingToken;
import org.axonframework.messaging.eventstreaming.StreamingCondition;
import org.jspecify.annotations.Nullable;

/**
 * An endless stream over partitions: pages of each in turn, read ahead into a bounded queue, and looked for again shortly after
 * when there was nothing. Order holds within a partition.
 */
final class LogStream implements MessageStream<EventMessage> {
    private static final int PAGE = 500;
    private static final Duration PAUSE = Duration.ofMillis(100);

    private final EventLog log;
    private final EventCodec codec;
    private final Executor workers;
    private final @Nullable String organization;
    private final StreamingCondition condition;
    private final Set<Tag> wantedTags;
    private final List<Integer> partitions;

    private final ArrayDeque<Entry<EventMessage>> queue = new ArrayDeque<>();
    private PartitionsToken read;
    private PartitionsToken given;
    private int turn;
    private int emptyTurns;
    private boolean reading;
    private boolean closed;
    private @Nullable Throwable error;
    private Runnable callback = () -> {};

    LogStream(
            EventLog log,
            EventCodec codec,
            Executor workers,
            @Nullable String organization,
            StreamingCondition condition,
            PartitionsToken from) {
        this.log = log;
        this.codec = codec;
        this.workers = workers;
        this.organization = organization;
        this.condition = condition;
        this.wantedTags = condition.criteria().flatten().stream()
                .flatMap(criterion -> LogCriteria.tags(criterion.tags()).stream())
                .collect(Collectors.toUnmodifiableSet());
        this.partitions = List.copyOf(from.offsets().keySet());
        this.read = from;
        this.given = from;
        readOn();
    }

    private synchronized void readOn() {
        if (reading || closed || error != null || queue.size() >= PAGE) {
            return;
        }
        reading = true;
        int partition = partitions.get(turn);
        long after = read.offset(partition);
        sameTimeline()
                .chain(() -> log.read(partition, after, PAGE))
                .chain(events -> tagsOf(partition, after, events).map(tags -> entries(events, tags)))
                .emitOn(workers)
                .subscribe()
                .with(page -> took(partition, page), this::failed);
    }

    /** A stream ends with the timeline that it began on: on the next one its offsets stand for other events. */
    private Uni<Void> sameTimeline() {
        return log.timeline()
                .invoke(now -> {
                    if (now != given.timeline()) {
                        throw new IllegalStateException("the database is another one now (timeline " + now + " after "
                                + given.timeline() + ")");
                    }
                })
                .replaceWithVoid();
    }

    /** What a page came to. */
    private record Page(List<Entry<EventMessage>> entries, long upTo, boolean empty) {}

    private Uni<Map<Long, Set<Tag>>> tagsOf(int partition, long after, List<StoredEvent> events) {
        return events.isEmpty() || wantedTags.isEmpty()
                ? Uni.createFrom().item(Map.of())
                : log.tags(partition, after, events.getLast().offset(), wantedTags);
    }

    private Page entries(List<StoredEvent> events, Map<Long, Set<Tag>> tags) {
        var entries = new ArrayList<Entry<EventMessage>>();
        for (var event : events) {
            given = given.at(event.partition(), event.offset());
            if (organization != null && !organization.equals(event.organization())) {
                continue;
            }
            var axonTags = tags.getOrDefault(event.offset(), Set.of()).stream()
                    .map(tag -> new org.axonframework.messaging.eventstreaming.Tag(tag.key(), tag.value()))
                    .collect(Collectors.toSet());
            if (condition.matches(new QualifiedName(event.type()), axonTags)) {
                entries.add(new SimpleEntry<>(codec.decode(event), TrackingToken.addToContext(Context.empty(), given)));
            }
        }
        return new Page(entries, events.isEmpty() ? 0 : events.getLast().offset(), events.isEmpty());
    }

    private void took(int partition, Page page) {
        Runnable tell;
        boolean pause;
        synchronized (this) {
            reading = false;
            if (!page.empty) {
                read = read.at(partition, page.upTo);
            }
            emptyTurns = page.empty ? emptyTurns + 1 : 0;
            turn = (turn + 1) % partitions.size();
            pause = emptyTurns >= partitions.size();
            if (pause) {
                emptyTurns = 0;
            }
            tell = !closed && queue.addAll(page.entries) ? callback : () -> {};
        }
        tell.run();
        if (pause) {
            readOnLater();
        } else {
            readOn();
        }
    }

    private void readOnLater() {
        CompletableFuture.delayedExecutor(PAUSE.toMillis(), TimeUnit.MILLISECONDS, workers)
                .execute(this::readOn);
    }

    private void failed(Throwable failure) {
        Runnable tell;
        synchronized (this) {
            reading = false;
            if (failure instanceof LogUnavailable) {
                tell = this::readOnLater;
            } else {
                error = failure;
                tell = callback;
            }
        }
        tell.run();
    }

    @Override
    public Optional<Entry<EventMessage>> next() {
        Optional<Entry<EventMessage>> next;
        synchronized (this) {
            next = Optional.ofNullable(queue.poll());
        }
        readOn();
        return next;
    }

    @Override
    public synchronized Optional<Entry<EventMessage>> peek() {
        return Optional.ofNullable(queue.peek());
    }

    @Override
    public void setCallback(Runnable callback) {
        boolean now;
        synchronized (this) {
            this.callback = callback;
            now = !queue.isEmpty() || error != null;
        }
        if (now) {
            callback.run();
        }
    }

    @Override
    public synchronized Optional<Throwable> error() {
        return Optional.ofNullable(error);
    }

    @Override
    public synchronized boolean isCompleted() {
        return queue.isEmpty() && (closed || error != null);
    }

    @Override
    public synchronized boolean hasNextAvailable() {
        return !queue.isEmpty();
    }

    @Override
    public synchronized void close() {
        closed = true;
        queue.clear();
    }
}
