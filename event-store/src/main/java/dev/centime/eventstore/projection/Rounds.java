package dev.centime.eventstore.projection;

import dev.centime.eventstore.log.Position;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Folds what a partition's lanes have not seen. A round reads one page for each place at which lanes are, the farthest first, so that
 * what is served stays fresh while what is behind catches up; lanes that meet go on together. Belongs to the thread of its partition.
 */
final class Rounds {
    private static final Logger LOG = Logger.getLogger(Rounds.class);

    /**
     * While what is served is late, what is behind pauses after a page so many times as long as the page took: it gets a fourth of
     * the time, since under lasting load a rebuild may take long, but has to end.
     */
    private static final int PAUSE_AFTER_PAGE = 3;

    private final Lease lease;
    private final RunnerParts parts;
    private final PageReader reader;
    private final BooleanSupplier stopping;
    private final Runnable somethingChanged;
    private final UnaskedRetries unasked;
    private volatile List<Lane> lanes = List.of();
    /** The farthest that a read has looked; a lane there has nothing to do until it is woken. */
    private long seen = -1;

    private long foldedAtNanos = System.nanoTime() - Duration.ofHours(1).toNanos();
    private long foldTookNanos;
    private long behindFoldedAtNanos = foldedAtNanos;
    private long behindTookNanos;

    /** @param somethingChanged told when the lanes are to be loaded again */
    Rounds(Lease lease, RunnerParts parts, BooleanSupplier stopping, Runnable somethingChanged) {
        this.lease = lease;
        this.parts = parts;
        this.stopping = stopping;
        this.somethingChanged = somethingChanged;
        this.unasked = new UnaskedRetries(parts.settings().retryParked());
        this.reader = new PageReader(parts.log(), parts.types(), lease.partition(), parts.settings(), parts.turns());
    }

    /** How the lanes stand; also for gauges. */
    List<Lane> lanes() {
        return lanes;
    }

    void lanes(List<Lane> loaded) {
        lanes = List.copyOf(loaded);
        unasked.keep(lanes.stream()
                .flatMap(lane -> lane.parked().values().stream())
                .map(ParkedRow::id)
                .collect(Collectors.toSet()));
        lanes.forEach(this::tell);
        lookAgain();
    }

    /** When the last page began to be folded, by {@link System#nanoTime()}. */
    long foldedAtNanos() {
        return foldedAtNanos;
    }

    /** How long that page took. */
    long foldTookNanos() {
        return foldTookNanos;
    }

    /** There may be more than was seen. */
    void lookAgain() {
        seen = -1;
    }

    /** Whether a lane pauses, or a rebuild yields, so that it is worth another look soon. */
    boolean someoneWaits() {
        return lanes.stream().anyMatch(lane -> lane.waits() || (!lane.serving() && lane.upTo() < seen));
    }

    void end() {
        reader.forgetAhead();
    }

    /** One page for each place. @return whether there is more to do at once */
    boolean foldEveryPlace(long head) throws InterruptedException {
        var places = new TreeMap<Long, List<Lane>>(Comparator.reverseOrder());
        for (var lane : lanes) {
            if (!lane.paused() && !yields(lane)) {
                places.computeIfAbsent(lane.upTo(), place -> new ArrayList<>()).add(lane);
            }
        }
        var more = false;
        @Nullable Long next = null;
        for (var place : places.entrySet()) {
            if (stopping.getAsBoolean()) {
                return false;
            }
            if (seen < 0 || place.getKey() < seen) {
                more |= inTurn(place.getKey(), place.getValue(), next, head);
            }
            next = place.getKey();
        }
        return more || lanes.stream().anyMatch(lane -> lane.upTo() < seen && !lane.paused() && !yields(lane));
    }

    /** A copy that has caught up shares the pages of what is served and yields no more, or it could never take its place. */
    private boolean yields(Lane lane) {
        return !lane.serving()
                && parts.liveIsLate().getAsBoolean()
                && System.nanoTime() - behindFoldedAtNanos < PAUSE_AFTER_PAGE * behindTookNanos
                && lanes.stream()
                        .noneMatch(served ->
                                served.serving() && served.name().equals(lane.name()) && served.upTo() <= lane.upTo());
    }

    /** The farthest place is what is served; all others catch up with it. */
    private boolean inTurn(long after, List<Lane> there, @Nullable Long meetAt, long head) throws InterruptedException {
        return meetAt == null
                ? parts.turns().live(() -> foldPlace(after, there, null, head))
                : parts.turns()
                        .behind(() -> foldBehind(after, there, meetAt, head))
                        .orElse(true);
    }

    private boolean foldBehind(long after, List<Lane> there, long meetAt, long head) throws InterruptedException {
        var started = System.nanoTime();
        try {
            return foldPlace(after, there, meetAt, head);
        } finally {
            behindFoldedAtNanos = System.nanoTime();
            behindTookNanos = behindFoldedAtNanos - started;
        }
    }

    /** Reads one page and hands it to the lanes that are there. */
    private boolean foldPlace(long after, List<Lane> there, @Nullable Long meetAt, long head)
            throws InterruptedException {
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
        foldedAtNanos = started;
        var readPage = page;
        there.forEach(lane -> lane.oldestUnfolded(readPage.oldest()));
        // Copies go first: where they have caught up they are never behind what is served, and can be swapped in.
        foldAll(there.stream().filter(lane -> !lane.serving()).toList(), page);
        foldAll(there.stream().filter(Lane::serving).toList(), page);
        foldTookNanos = System.nanoTime() - started;
        reader.folded(page, foldTookNanos);
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
            somethingChanged.run();
        } catch (RuntimeException | StackOverflowError | LinkageError e) {
            failed(lane, e);
        }
    }

    private void failed(Lane lane, Throwable e) {
        notNow(lane, e);
        lane.failed();
    }

    private void notNow(Lane lane, Throwable e) {
        parts.metrics().failed(lane, false);
        LOG.warnf("%s waits in partition %d: %s", lane, lease.partition(), Faults.describe(e));
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
    boolean replayWanted() throws InterruptedException {
        var more = false;
        for (var lane : lanes) {
            for (var row : List.copyOf(lane.parked().values())) {
                if (row.isWanted() && !stopping.getAsBoolean() && !lane.paused()) {
                    parts.turns().behind(() -> replay(lane, row, e -> failed(lane, e)));
                    var left = lane.parked().get(row.organization());
                    more |= left != null && left.isWanted();
                }
            }
        }
        return more;
    }

    /** One page of one organization that stands still and is due: however many there are, what is served waits for no more. */
    boolean retryUnasked() throws InterruptedException {
        for (var lane : lanes) {
            for (var row : List.copyOf(lane.parked().values())) {
                if (!row.isWanted() && !lane.paused() && !stopping.getAsBoolean() && unasked.isDue(row)) {
                    var tried = parts.turns()
                            .behind(() -> replay(lane, row, e -> notNow(lane, e)))
                            .isPresent();
                    return tried && unasked.tried(row, lane.parked().get(row.organization()));
                }
            }
        }
        return false;
    }

    private boolean replay(Lane lane, ParkedRow row, Consumer<Throwable> otherwise) throws InterruptedException {
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
        } catch (RuntimeException | StackOverflowError | LinkageError e) {
            otherwise.accept(e);
            return false;
        }
    }
}
