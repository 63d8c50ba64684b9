package dev.centime.eventstore.projection;

import dev.centime.eventstore.log.Position;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.UniEmitter;
import io.vertx.mutiny.sqlclient.Pool;
import java.time.Duration;
import java.util.Iterator;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Waits for positions. What this replica folds itself it knows at once; what others fold it asks the database for, in one query
 * for all that wait, and only while somebody does. A position once seen stays, as long as the database does.
 */
final class PositionWatch {
    private static final Logger LOG = Logger.getLogger(PositionWatch.class);
    private static final Duration LOOK_EVERY = Duration.ofMillis(25);

    private final Pool pool;
    private final PositionRows positions;
    private final Map<Place, Long> known = new ConcurrentHashMap<>();
    private final Set<Waiting> waiting = ConcurrentHashMap.newKeySet();
    private final Semaphore somebodyWaits = new Semaphore(0);
    private volatile boolean stopped;
    private volatile @Nullable Thread thread;

    PositionWatch(Pool pool, PositionRows positions) {
        this.pool = pool;
        this.positions = positions;
    }

    /** Where offsets compare: those of another timeline are other events. */
    private record Place(String projection, int partition, long timeline) {
        static Place of(String projection, Position position) {
            return new Place(projection, position.partition(), position.timeline());
        }
    }

    private record Waiting(Place place, long offset, long deadlineNanos, UniEmitter<? super Boolean> emitter) {}

    void start() {
        thread = Thread.ofVirtual().name("projections-await").start(this::look);
    }

    void stop() {
        stopped = true;
        somebodyWaits.release();
    }

    /** Whether it has ended after so long. */
    boolean awaitEnd(Duration atMost) {
        return Ending.of(thread, atMost);
    }

    /**
     * The database is another one, or was away: nothing seen of the old one is asked for any more, and one that crashed may have come
     * back with positions of a moment before.
     */
    void forget() {
        known.clear();
    }

    /** What is served has come so far. */
    void moved(String projection, Position position) {
        known.merge(Place.of(projection, position), position.offset(), Math::max);
        if (!waiting.isEmpty()) {
            answer();
        }
    }

    boolean somebodyWaits() {
        return !waiting.isEmpty();
    }

    /** True when it has come so far, false when the deadline came first. */
    Uni<Boolean> await(String projection, Position position, Duration deadline) {
        var place = Place.of(projection, position);
        var offset = position.offset();
        return Uni.createFrom().emitter(emitter -> {
            if (known.getOrDefault(place, 0L) >= offset) {
                emitter.complete(true);
                return;
            }
            var one = new Waiting(place, offset, System.nanoTime() + deadline.toNanos(), emitter);
            emitter.onTermination(() -> waiting.remove(one));
            waiting.add(one);
            somebodyWaits.release();
            // It may have moved between the look and the entry, and whoever answers may have ended.
            answer();
            if (stopped) {
                one.emitter.complete(false);
            }
        });
    }

    private void look() {
        try {
            while (!stopped) {
                if (waiting.isEmpty()) {
                    somebodyWaits.acquire();
                    somebodyWaits.drainPermits();
                    continue;
                }
                safely(this::ask);
                safely(this::answer);
                Thread.sleep(LOOK_EVERY);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            stopped = true;
            waiting.forEach(one -> one.emitter.complete(false));
        }
    }

    private void ask() {
        var partitions = waiting.stream().map(one -> one.place.partition).collect(Collectors.toSet());
        for (var served : Blocking.await(positions.serving(pool, partitions))) {
            known.merge(
                    Place.of(served.projection(), served.position()),
                    served.position().offset(),
                    Math::max);
        }
    }

    /** The deadlines of those who wait answer for what fails, as long as this thread is there to heed them. */
    private static void safely(Runnable step) {
        try {
            step.run();
        } catch (RuntimeException | Error e) {
            LOG.debug("positions cannot be read now", e);
        }
    }

    private void answer() {
        var now = System.nanoTime();
        for (Iterator<Waiting> all = waiting.iterator(); all.hasNext(); ) {
            var one = all.next();
            var reached = known.getOrDefault(one.place, 0L) >= one.offset;
            if (reached || now - one.deadlineNanos >= 0) {
                all.remove();
                one.emitter.complete(reached);
            }
        }
    }
}
