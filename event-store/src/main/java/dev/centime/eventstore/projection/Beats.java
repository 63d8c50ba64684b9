package dev.centime.eventstore.projection;

import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * What a runner does again and again: looks whether the database is still the same and has new partitions, extends its leases and
 * comes nearer to its share, and takes its turn with rebuilds. At the end it gives back what it leads.
 */
final class Beats {
    private static final Logger LOG = Logger.getLogger(Beats.class);

    private final RunnerParts parts;
    private final LeaseRows leases;
    private final Leadership leadership;
    private final RebuildTurns rebuilds;
    private final Heads heads;
    private final Semaphore beatNow = new Semaphore(0);
    private final CompletableFuture<Void> ended = new CompletableFuture<>();
    private volatile boolean started;
    private volatile boolean stopping;
    private volatile long beatAtNanos = System.nanoTime();
    private Set<Integer> prepared = Set.of();
    private @Nullable Long timeline;

    Beats(RunnerParts parts, LeaseRows leases, Leadership leadership, RebuildTurns rebuilds, Heads heads) {
        this.parts = parts;
        this.leases = leases;
        this.leadership = leadership;
        this.rebuilds = rebuilds;
        this.heads = heads;
    }

    void start() {
        started = true;
        Thread.ofVirtual().name("projections-beat").start(this::beat);
    }

    /** Completes when everything that was led is given back. */
    CompletableFuture<Void> stop() {
        stopping = true;
        beatNow.release();
        if (!started) {
            ended.complete(null);
        }
        return ended;
    }

    void now() {
        beatNow.release();
    }

    /** At once, unless the last beat was a moment ago: then the next one comes soon enough. */
    void soon() {
        if (System.nanoTime() - beatAtNanos > parts.settings().beat().toNanos() / 5) {
            beatNow.release();
        }
    }

    /** Rows for every partition and everything that follows the log; those that are there stay. */
    void prepare() {
        timeline = Blocking.await(parts.log().timeline());
        var known = new TreeMap<>(Blocking.await(parts.log().heads()));
        Blocking.await(parts.log().partitions()).forEach(partition -> known.putIfAbsent(partition, 0L));
        for (var follows : parts.follows().values()) {
            var starts = new TreeMap<>(known);
            if (!(follows instanceof Follows.Reacts reacts && !reacts.reaction().readsHistory())) {
                starts.replaceAll((partition, head) -> 0L);
            }
            Blocking.await(parts.positions().create(parts.pool(), follows.name(), starts));
        }
        // Last: whoever takes a partition finds all that is to be followed there.
        Blocking.await(leases.create(parts.pool(), known.keySet()));
        prepared = Set.copyOf(known.keySet());
    }

    private void beat() {
        var every = parts.settings().beat().toMillis();
        try {
            while (!stopping) {
                oneBeat();
                beatNow.tryAcquire(every, TimeUnit.MILLISECONDS);
                beatNow.drainPermits();
            }
            leadership.resign();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException | Error e) {
            LOG.warnf("leases are not given back and run out: %s", Faults.describe(e));
        } finally {
            ended.complete(null);
        }
    }

    private void oneBeat() {
        beatAtNanos = System.nanoTime();
        try {
            heedTimeline();
            heedNewPartitions();
            parts.clock().set(parts.pool());
            leadership.beat();
            rebuilds.turn();
            parts.metrics().beat(true);
        } catch (RuntimeException | Error e) {
            // Also what should never happen, such as a class that is missing: without beats all leases would be gone
            // for
            // ever.
            parts.metrics().beat(false);
            LOG.warnf("no beat: %s", Faults.describe(e));
        }
    }

    private void heedNewPartitions() {
        if (!prepared.containsAll(heads.known().keySet())) {
            prepare();
        }
    }

    /** Another incarnation of the database: nothing known of the old one holds. */
    private void heedTimeline() {
        var now = Blocking.await(parts.log().timeline());
        if (!now.equals(timeline)) {
            LOG.warnf("the database is another one now (timeline %d after %d)", now, timeline);
            timeline = now;
            parts.watch().forget();
            prepare();
            leadership.loops().forEach(PartitionLoop::reload);
        }
    }
}
