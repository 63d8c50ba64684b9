package dev.centime.eventstore.projection;

import static dev.centime.eventstore.projection.Blocking.await;

import dev.centime.eventstore.log.DatabaseFailure;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/** Folds one partition while it is leased: a thread that goes from round to round, sleeps, is woken, and ends with the lease. */
final class PartitionLoop {
    private static final Logger LOG = Logger.getLogger(PartitionLoop.class);
    private static final Duration PAUSE_AFTER_FAILURE = Duration.ofMillis(200);

    /**
     * While events keep coming, a page is folded so long after the one before at the earliest: four times what that one took, between
     * these two. What a page costs whatever it holds is then shared by more events, and rows that several of them add to are written
     * once, the more so the more there is to do.
     */
    private static final long GATHER_AT_LEAST_NANOS = Duration.ofMillis(150).toNanos();

    private static final long GATHER_AT_MOST_NANOS = Duration.ofMillis(400).toNanos();
    private static final int GATHER_FOLDS = 4;

    private static final Duration LOOK_WHETHER_SOMEBODY_WAITS = Duration.ofMillis(10);

    private final Lease lease;
    private final RunnerParts parts;
    private final Rounds rounds;
    private final Semaphore signal = new Semaphore(0);
    private final DueTimers timers;
    private final CountDownLatch ended = new CountDownLatch(1);
    private volatile boolean reload = true;
    private volatile long head;
    private volatile boolean timersDue = true;
    private volatile boolean stopping;
    private volatile boolean lost;

    PartitionLoop(Lease lease, RunnerParts parts) {
        this.lease = lease;
        this.parts = parts;
        this.timers = new DueTimers(lease, parts.timerFiring());
        this.rounds = new Rounds(lease, parts, () -> stopping, () -> reload = true);
    }

    void start() {
        Thread.ofVirtual().name("projections-" + lease.partition()).start(this::run);
    }

    Lease lease() {
        return lease;
    }

    /** Whether it has ended, because it was told to, because the partition was taken over, or because it broke. */
    boolean over() {
        return ended.getCount() == 0;
    }

    /** For gauges only: how the lanes stand. */
    List<Lane> lanes() {
        return rounds.lanes();
    }

    /** The partition is known to go this far. */
    void headIs(long head) {
        this.head = head;
        if (lanes().stream().anyMatch(lane -> lane.upTo() < head)) {
            wake();
        }
    }

    /** The partition has grown, or may have. */
    void wake() {
        signal.release();
    }

    /** What there is to do has changed: a rebuild, a retry. */
    void reload() {
        reload = true;
        signal.release();
    }

    void timersDue() {
        timersDue = true;
        signal.release();
    }

    /** Ends the page at hand. */
    void stop() {
        stopping = true;
        signal.release();
    }

    boolean leaving() {
        return stopping;
    }

    boolean awaitEnd(Duration atMost) throws InterruptedException {
        return ended.await(atMost.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void run() {
        try {
            while (!stopping && !lost) {
                if (oneRound()) {
                    heed();
                } else {
                    sleep();
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            rounds.end();
            ended.countDown();
        }
    }

    /** What has come while a rebuild or a retry goes from page to page is folded before its next page. */
    private void heed() {
        if (signal.drainPermits() > 0) {
            rounds.lookAgain();
        }
    }

    /** Until woken; where a lane pauses or a rebuild yields, until it is worth another look. */
    private void sleep() throws InterruptedException {
        var waits = rounds.someoneWaits();
        var woken = signal.tryAcquire(waits ? 100 : 1_000, TimeUnit.MILLISECONDS);
        signal.drainPermits();
        if (woken || waits) {
            rounds.lookAgain();
            gather();
        }
    }

    /** After a pause what comes is folded at once, and so it is while somebody waits to read what he wrote. */
    private void gather() throws InterruptedException {
        long enough = Math.clamp(GATHER_FOLDS * rounds.foldTookNanos(), GATHER_AT_LEAST_NANOS, GATHER_AT_MOST_NANOS);
        while (!stopping
                && !reload
                && System.nanoTime() - rounds.foldedAtNanos() < enough
                && !parts.watch().somebodyWaits()) {
            Thread.sleep(LOOK_WHETHER_SOMEBODY_WAITS);
        }
    }

    /** @return whether there is more to do at once */
    private boolean oneRound() throws InterruptedException {
        try {
            if (!lease.valid()) {
                return false;
            }
            if (reload) {
                load();
            }
            fireTimers();
            return !lost && (rounds.replayWanted() | rounds.retryUnasked() | rounds.foldEveryPlace(head));
        } catch (StaleLease e) {
            parts.metrics().stale(lease.partition());
            reload = true;
            return true;
        } catch (RuntimeException | Error e) {
            // Also what should never happen: given back, the partition would come to the same elsewhere.
            parts.metrics().readFailed();
            LOG.logf(
                    DatabaseFailure.of(Faults.cause(e)).passes() ? Logger.Level.DEBUG : Logger.Level.WARN,
                    "partition %d pauses: %s",
                    lease.partition(),
                    Faults.describe(e));
            reload = true;
            signal.tryAcquire(PAUSE_AFTER_FAILURE.toMillis(), TimeUnit.MILLISECONDS);
            return true;
        }
    }

    private void fireTimers() {
        if (timersDue) {
            timersDue = false;
            timers.fire();
        }
    }

    private void load() {
        reload = false;
        var stands = await(parts.positions().adopt(parts.pool(), lease));
        if (stands.isEmpty()) {
            lost = true;
            return;
        }
        var loaded = new ArrayList<Lane>();
        for (var stand : stands) {
            var follows = parts.follows().get(stand.projection());
            // A projection of another version of the service: whoever has it leads it when this replica is gone.
            if (follows != null) {
                loaded.add(laneOf(follows, stand));
            }
        }
        for (var parked : await(parts.parkedRows().ofPartition(parts.pool(), lease.partition()))) {
            loaded.stream()
                    .filter(lane -> lane.name().equals(parked.projection()) && lane.generation() == parked.generation())
                    .forEach(lane -> lane.parked().put(parked.row().organization(), parked.row()));
        }
        rounds.lanes(loaded);
    }

    /** The lane as it is known, with what it has learned about pausing, unless the table says otherwise. */
    private Lane laneOf(Follows follows, PositionRows.Stand stand) {
        for (var lane : lanes()) {
            if (lane.is(stand)) {
                lane.parked().clear();
                return lane;
            }
        }
        return new Lane(follows, stand.generation(), stand.serving(), stand.upTo());
    }
}
