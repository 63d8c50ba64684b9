package dev.centime.eventstore.projection;

import static dev.centime.eventstore.projection.Blocking.await;

import dev.centime.eventstore.log.DatabaseFailure;
import dev.centime.eventstore.log.Position;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Folds one partition while it is leased. A round reads one page for each place at which lanes are, the farthest first, so that what
 * is served stays fresh while what is behind catches up; lanes that meet go on together.
 */
final class PartitionLoop {
    private static final Logger LOG = Logger.getLogger(PartitionLoop.class);
    private static final Duration PAUSE_AFTER_FAILURE = Duration.ofMillis(200);

    private final Lease lease;
    private final RunnerParts parts;
    private final PageReader reader;
    private final Semaphore signal = new Semaphore(0);
    private final Pause timerPause = new Pause(Duration.ofMillis(100), Duration.ofSeconds(30));
    private final CountDownLatch ended = new CountDownLatch(1);
    private volatile List<Lane> lanes = List.of();
    private volatile boolean reload = true;
    private volatile long head;
    private volatile boolean timersDue = true;
    private volatile boolean stopping;
    private volatile boolean lost;
    /** The farthest that a read has looked; a lane there has nothing to do until it is woken. */
    private long seen = -1;

    PartitionLoop(Lease lease, RunnerParts parts) {
        this.lease = lease;
        this.parts = parts;
        this.reader = new PageReader(parts.log(), parts.types(), lease.partition(), parts.settings(), parts.turns());
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
        return lanes;
    }

    /** The partition is known to go this far. */
    void headIs(long head) {
        this.head = head;
        if (lanes.stream().anyMatch(lane -> lane.upTo() < head)) {
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
                if (!oneRound()) {
                    sleep();
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            reader.forgetAhead();
            ended.countDown();
        }
    }

    /** Until woken; where a lane pauses or a rebuild yields, until it is worth another look. */
    private void sleep() throws InterruptedException {
        var waits = lanes.stream().anyMatch(lane -> lane.waits() || (!lane.serving() && lane.upTo() < seen));
        var woken = signal.tryAcquire(waits ? 100 : 1_000, TimeUnit.MILLISECONDS);
        signal.drainPermits();
        if (woken || waits) {
            seen = -1;
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
            return !lost && (replayWanted() | foldEveryPlace());
        } catch (StaleLease e) {
            parts.metrics().stale(lease.partition());
            reload = true;
            return true;
        } catch (RuntimeException e) {
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
        if (!timersDue || timerPause.lasts()) {
            return;
        }
        timersDue = false;
        if (parts.timerFiring().fire(lease)) {
            timerPause.succeeded();
        } else {
            timerPause.failed();
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
        lanes = List.copyOf(loaded);
        lanes.forEach(this::tell);
        seen = -1;
    }

    /** The lane as it is known, with what it has learned about pausing, unless the table says otherwise. */
    private Lane laneOf(Follows follows, PositionRows.Stand stand) {
        for (var lane : lanes) {
            if (lane.is(stand)) {
                lane.parked().clear();
                return lane;
            }
        }
        return new Lane(follows, stand.generation(), stand.serving(), stand.upTo());
    }

    private boolean foldEveryPlace() throws InterruptedException {
        var places = new TreeMap<Long, List<Lane>>(Comparator.reverseOrder());
        for (var lane : lanes) {
            if (!lane.paused() && (lane.serving() || !parts.liveIsLate().getAsBoolean())) {
                places.computeIfAbsent(lane.upTo(), place -> new ArrayList<>()).add(lane);
            }
        }
        var more = false;
        @Nullable Long next = null;
        for (var place : places.entrySet()) {
            if (stopping) {
                return false;
            }
            if (seen < 0 || place.getKey() < seen) {
                more |= inTurn(place.getKey(), place.getValue(), next);
            }
            next = place.getKey();
        }
        return more || lanes.stream().anyMatch(lane -> lane.upTo() < seen && !lane.paused() && mayRun(lane));
    }

    private boolean mayRun(Lane lane) {
        return lane.serving() || !parts.liveIsLate().getAsBoolean();
    }

    /** The farthest place is what is served; all others catch up with it. */
    private boolean inTurn(long after, List<Lane> there, @Nullable Long meetAt) throws InterruptedException {
        return meetAt == null
                ? parts.turns().live(() -> foldPlace(after, there, null))
                : parts.turns().behind(() -> foldPlace(after, there, meetAt));
    }

    /** Reads one page and hands it to the lanes that are there. */
    private boolean foldPlace(long after, List<Lane> there, @Nullable Long meetAt) throws InterruptedException {
        var page = ofThisTimeline(reader.read(after, head, wanted(there)));
        if (!page.full()) {
            seen = Math.max(seen, page.upTo());
        }
        if (meetAt != null) {
            page = page.until(meetAt);
        }
        if (page.upTo() == after) {
            there.forEach(lane -> lane.oldestUnfolded(null));
            return false;
        }
        var started = System.nanoTime();
        var readPage = page;
        there.forEach(lane -> lane.oldestUnfolded(readPage.oldest()));
        // Copies go first: where they have caught up they are never behind what is served, and can be swapped in.
        foldAll(there.stream().filter(lane -> !lane.serving()).toList(), page);
        foldAll(there.stream().filter(Lane::serving).toList(), page);
        reader.folded(page, System.nanoTime() - started);
        return page.full();
    }

    /** What was read before or after the database became another one is not what these positions lead to. */
    private DecodedPage ofThisTimeline(DecodedPage page) {
        if (page.timeline() != lease.timeline()) {
            throw new StaleLease("partition " + lease.partition() + " was taken on another timeline");
        }
        return page;
    }

    private static Set<String> wanted(List<Lane> there) {
        var types = new HashSet<String>();
        there.forEach(lane -> types.addAll(lane.follows().types()));
        return types;
    }

    private void foldAll(List<Lane> there, DecodedPage page) throws InterruptedException {
        var idle = new ArrayList<Lane>();
        var busy = new ArrayList<Runnable>();
        for (var lane : there) {
            var slots = parts.folding().concerning(lane, page);
            if (slots.isEmpty()) {
                idle.add(lane);
            } else {
                busy.add(() -> guarded(lane, page, () -> parts.folding().fold(lease, lane, slots, page.upTo())));
            }
        }
        if (!idle.isEmpty()) {
            parts.folding().pass(lease, idle, page.after(), page.upTo());
            idle.forEach(lane -> settle(lane, page));
        }
        if (busy.size() == 1) {
            busy.getFirst().run();
        } else if (!busy.isEmpty()) {
            together(busy);
        }
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
    }

    private static void together(List<Runnable> tasks) throws InterruptedException {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var running = new ArrayList<Future<?>>();
            tasks.forEach(task -> running.add(threads.submit(task)));
            for (var one : running) {
                one.get();
            }
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        }
    }

    /** A step that may be interrupted. */
    private interface Step {
        void run() throws InterruptedException;
    }

    /** One lane's failure is its own: it pauses, the others of the partition go on. */
    private void guarded(Lane lane, DecodedPage page, Step step) {
        try {
            step.run();
            settle(lane, page);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (StaleLease e) {
            parts.metrics().stale(lease.partition());
            reload = true;
        } catch (RuntimeException | StackOverflowError | LinkageError e) {
            failed(lane, e);
        }
    }

    private void failed(Lane lane, Throwable e) {
        parts.metrics().failed(lane, false);
        LOG.warnf("%s waits in partition %d: %s", lane, lease.partition(), Faults.describe(e));
        lane.failed();
    }

    private void settle(Lane lane, DecodedPage page) {
        if (!lane.serving() && !page.full()) {
            parts.caughtUp().run();
        }
        @Nullable
        Instant last = page.full() && !page.slots().isEmpty()
                ? page.slots().getLast().stored().recordedAt()
                : null;
        lane.oldestUnfolded(last);
        tell(lane);
    }

    private void tell(Lane lane) {
        if (lane.serving()) {
            parts.watch().moved(lane.name(), new Position(lease.timeline(), lease.partition(), lane.upTo()));
        }
    }

    /** One page of each organization whose retry or skip is asked for. */
    private boolean replayWanted() throws InterruptedException {
        var more = false;
        for (var lane : lanes) {
            for (var row : List.copyOf(lane.parked().values())) {
                if (row.isWanted() && !stopping && !lane.paused()) {
                    parts.turns().behind(() -> replay(lane, row));
                    var left = lane.parked().get(row.organization());
                    more |= left != null && left.isWanted();
                }
            }
        }
        return more;
    }

    private boolean replay(Lane lane, ParkedRow row) throws InterruptedException {
        try {
            var page = ofThisTimeline(reader.readApart(
                            row.replayFrom() - 1, lane.follows().types()))
                    .until(lane.upTo());
            var slots = page.only(slot -> slot.stored().organization().equals(row.organization())
                    && lane.follows().types().contains(slot.stored().type()));
            parts.folding().replay(lease, lane, row, slots, page.upTo());
            return true;
        } catch (StaleLease e) {
            throw e;
        } catch (RuntimeException e) {
            failed(lane, e);
            return false;
        }
    }
}
