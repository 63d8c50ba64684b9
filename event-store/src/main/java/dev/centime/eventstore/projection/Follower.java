package dev.centime.eventstore.projection;

import static dev.centime.eventstore.projection.Blocking.await;

import dev.centime.eventstore.log.Event;
import dev.centime.eventstore.log.EventLog;
import dev.centime.eventstore.log.EventTypes;
import dev.centime.eventstore.log.EventTypes.EventUnreadable;
import dev.centime.eventstore.log.LogUnavailable;
import dev.centime.eventstore.log.StoredEvent;
import dev.centime.eventstore.log.WakeUps;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Metrics;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * A cursor of this process's own over some partitions, for what a replica holds in memory. Depends on no lease: every replica that
 * holds something follows for itself.
 *
 * <p>Whoever answers from what was delivered asks {@link #sinceLastMoved()} first: a cursor that has not looked at the log for two
 * seconds may be cut off, and what it holds may be old.
 */
public final class Follower implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(Follower.class);
    private static final int PAGE = 1_000;
    private static final Duration LOOK_AT_TIMELINE_EVERY = Duration.ofSeconds(1);
    private static final Duration END_OF_LOOK = Duration.ofSeconds(5);
    private static final long NEVER_NANOS = Duration.ofHours(1).toNanos();

    private final EventLog log;
    private final EventTypes types;
    private final WakeUps wakeUps;
    private final @Nullable Set<Integer> partitions;
    private final Set<String> wanted;
    private final Duration poll;
    private final Listener listener;
    private final MeterRegistry metrics;
    private final String name;
    private final Semaphore signal = new Semaphore(0);
    private final Map<Integer, Long> positions = new TreeMap<>();
    private final Queue<CompletableFuture<Void>> lookers = new ConcurrentLinkedQueue<>();
    private volatile CompletableFuture<Void> caughtUp = new CompletableFuture<>();
    private volatile long movedAtNanos = System.nanoTime() - NEVER_NANOS;
    private volatile boolean closed;
    private @Nullable Long timeline;
    private long timelineSeenAtNanos;
    private WakeUps.@Nullable Listening listening;
    private volatile @Nullable Thread thread;

    private Follower(Builder builder) {
        this.log = builder.log;
        this.types = builder.types;
        this.listener = builder.listener;
        this.name = builder.name;
        this.wanted = builder.types.namesOf(builder.reads);
        this.wakeUps = builder.wakeUps;
        this.partitions = builder.partitions;
        this.poll = builder.poll;
        this.metrics = builder.metrics;
    }

    /** What becomes of the events. All calls come from one thread; they may block, and delay only this cursor. */
    public interface Listener {
        /**
         * Where to begin: empty for the beginning of the log, or the positions that belong to a view that was just read in one
         * snapshot with them. Called at the start, and again when the database has become another one: what is held is then void.
         * Partitions that are absent begin at 0.
         */
        default Map<Integer, Long> begin() {
            return Map.of();
        }

        /**
         * The next events of a partition, in order, at least one. A page that fails is delivered again as a whole; until then the
         * cursor does not move.
         */
        void events(int partition, List<Event> page);

        /** Whether an event is wanted; others are passed over before they are decoded. */
        default boolean wants(StoredEvent event) {
            return true;
        }

        /** Everything up to an offset of a partition was delivered or passed over; called when that grew. */
        default void moved(int partition, long upTo) {}

        /**
         * An event that cannot be read. It is counted, and passed over unless this throws. One of a version newer than this program
         * is not passed over: the cursor stands still, and what is held is known to be old.
         */
        default void unreadable(EventUnreadable event) {}
    }

    /**
     * @param name for metrics and threads
     * @param reads the payload classes to deliver
     */
    public static Builder of(String name, EventLog log, EventTypes types, Set<Class<?>> reads, Listener listener) {
        return new Builder(name, log, types, reads, listener);
    }

    /** Begins to follow. Completes at once; {@link #caughtUp()} says when everything there was is delivered. */
    public Follower start() {
        listening = wakeUps.listen(partition -> {
            if (partitions == null || partitions.contains(partition)) {
                signal.release();
            }
        });
        thread = Thread.ofVirtual().name("follower-" + name).start(this::run);
        return this;
    }

    /** Completes when all that was in the log at some moment after the start is delivered. Who gives up waiting ends nobody else's wait. */
    public Uni<Void> caughtUp() {
        return Uni.createFrom().completionStage(() -> caughtUp.copy());
    }

    /**
     * Looks at the log now. Completes when everything that it held when this was asked for is delivered; fails when it could not
     * be read, or when this is closed.
     */
    public Uni<Void> look() {
        return Uni.createFrom().completionStage(() -> {
            var looked = new CompletableFuture<Void>();
            lookers.add(looked);
            signal.release();
            if (closed) {
                failed(List.of(looked), closed());
            }
            return looked;
        });
    }

    /** How long ago the log was last looked at of which all is delivered by now; an hour or more when it never was. */
    public Duration sinceLastMoved() {
        return Duration.ofNanos(System.nanoTime() - movedAtNanos);
    }

    /** Ends after the look at hand; returns at once. */
    @Override
    public void close() {
        closed = true;
        var listener = listening;
        if (listener != null) {
            listener.close();
        }
        signal.release();
    }

    /**
     * As {@link #close()}, and returns when the look at hand has ended: whoever closes the pool next does not take it from under a query.
     * Not on an event loop, which the query needs.
     */
    public void end() {
        close();
        if (!Ending.of(thread, END_OF_LOOK)) {
            LOG.warnf("follower %s still looks at the log", name);
        }
    }

    private void run() {
        try {
            var pause = new Pause(Duration.ofMillis(50), Duration.ofSeconds(1));
            while (!closed) {
                if (oneLook()) {
                    pause.succeeded();
                } else {
                    pause.failed();
                }
                signal.tryAcquire((pause.failing() ? pause.length() : poll).toMillis(), TimeUnit.MILLISECONDS);
                signal.drainPermits();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            closed = true;
            failed(asked(), closed());
        }
    }

    private List<CompletableFuture<Void>> asked() {
        var asked = new ArrayList<CompletableFuture<Void>>();
        for (var one = lookers.poll(); one != null; one = lookers.poll()) {
            asked.add(one);
        }
        return asked;
    }

    private LogUnavailable closed() {
        return new LogUnavailable("follower " + name + " is closed", null);
    }

    private static void failed(List<CompletableFuture<Void>> asked, Throwable failure) {
        asked.forEach(one -> one.completeExceptionally(failure));
    }

    private boolean oneLook() {
        var asked = asked();
        var lookedAt = System.nanoTime();
        try {
            heedTimeline();
            var heads = await(log.heads());
            for (var head : heads.entrySet()) {
                if (partitions == null || partitions.contains(head.getKey())) {
                    deliver(head.getKey(), head.getValue());
                }
            }
            movedAtNanos = lookedAt;
            caughtUp.complete(null);
            asked.forEach(one -> one.complete(null));
            return true;
        } catch (StaleTimeline e) {
            failed(asked, new LogUnavailable("the database has just become another one", null));
            timelineSeenAtNanos -= LOOK_AT_TIMELINE_EVERY.toNanos();
            return true;
        } catch (RuntimeException | Error e) {
            // Also what should never happen, such as a class that is missing: nobody else would ever look again.
            failed(asked, e);
            metrics.counter("centime.follower.failures", "follower", name).increment();
            LOG.warnf("follower %s pauses: %s", name, Faults.describe(e));
            return false;
        }
    }

    private void heedTimeline() {
        var nanos = System.nanoTime();
        if (timeline != null && nanos - timelineSeenAtNanos < LOOK_AT_TIMELINE_EVERY.toNanos()) {
            return;
        }
        var now = await(log.timeline());
        if (!now.equals(timeline)) {
            if (caughtUp.isDone()) {
                caughtUp = new CompletableFuture<>();
            }
            // Of this database nothing is known until all of it is delivered, however lately the one before was looked
            // at.
            movedAtNanos = nanos - NEVER_NANOS;
            var begin = listener.begin();
            positions.clear();
            positions.putAll(begin);
            timeline = now;
        }
        timelineSeenAtNanos = nanos;
    }

    private void deliver(int partition, long head) {
        long at = positions.getOrDefault(partition, 0L);
        while (at < head && !closed) {
            var page = await(log.read(partition, at, PAGE, wanted));
            if (timeline == null || page.timeline() != timeline) {
                // These offsets are not those that were followed; the next look begins anew.
                throw new StaleTimeline();
            }
            var events = decoded(page.events());
            if (!events.isEmpty()) {
                listener.events(partition, events);
                metrics.counter("centime.follower.events", "follower", name).increment(events.size());
            }
            if (page.upTo() <= at) {
                return;
            }
            at = page.upTo();
            positions.put(partition, at);
            listener.moved(partition, at);
        }
    }

    private List<Event> decoded(List<StoredEvent> stored) {
        var events = new ArrayList<Event>(stored.size());
        for (var one : stored) {
            if (!listener.wants(one)) {
                continue;
            }
            try {
                types.decode(one).ifPresent(payload -> events.add(new Event(one, payload)));
            } catch (EventUnreadable e) {
                if (e.newer()) {
                    throw e;
                }
                metrics.counter("centime.follower.unreadable", "follower", name).increment();
                LOG.warnf("follower %s passes over: %s", name, e.getMessage());
                listener.unreadable(e);
            }
        }
        return events;
    }

    /** The log was read on another timeline than the one that is followed. */
    private static final class StaleTimeline extends RuntimeException {
        private static final long serialVersionUID = 1L;

        StaleTimeline() {
            super(null, null, false, false);
        }
    }

    /** Of what can be said about a follower, all but the first is optional. */
    public static final class Builder {
        private final String name;
        private final EventLog log;
        private final EventTypes types;
        private final Set<Class<?>> reads;
        private final Listener listener;
        private WakeUps wakeUps = WakeUps.none();
        private @Nullable Set<Integer> partitions;
        private Duration poll = RunnerSettings.DEFAULT.poll();
        private MeterRegistry metrics = Metrics.globalRegistry;

        private Builder(String name, EventLog log, EventTypes types, Set<Class<?>> reads, Listener listener) {
            this.name = name;
            this.log = log;
            this.types = types;
            this.reads = Set.copyOf(reads);
            this.listener = listener;
        }

        public Builder wakeUps(WakeUps wakeUps) {
            this.wakeUps = wakeUps;
            return this;
        }

        /** Only these; all there are, also those added later, when this is not called. */
        public Builder partitions(Set<Integer> partitions) {
            this.partitions = Set.copyOf(partitions);
            return this;
        }

        public Builder poll(Duration poll) {
            this.poll = poll;
            return this;
        }

        public Builder metrics(MeterRegistry metrics) {
            this.metrics = metrics;
            return this;
        }

        public Follower build() {
            return new Follower(this);
        }

        /** Builds it and begins. */
        public Follower start() {
            return build().start();
        }
    }
}
