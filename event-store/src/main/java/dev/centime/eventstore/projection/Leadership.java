package dev.centime.eventstore.projection;

import static dev.centime.eventstore.projection.Blocking.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.jboss.logging.Logger;

/**
 * The partitions that this replica leads. At every beat it shows that it lives, extends its leases, ends what was taken from it, and
 * comes nearer to its share: those who live are ranked by name, and each rank has a size that all of them compute alike.
 */
final class Leadership {
    private static final Logger LOG = Logger.getLogger(Leadership.class);
    private static final Duration END_OF_PAGE = Duration.ofSeconds(10);

    private final String runner = UUID.randomUUID().toString();
    private final LeaseRows rows;
    private final RunnerParts parts;
    private final Map<Integer, PartitionLoop> loops = new ConcurrentHashMap<>();

    Leadership(LeaseRows rows, RunnerParts parts) {
        this.rows = rows;
        this.parts = parts;
    }

    Collection<PartitionLoop> loops() {
        return loops.values();
    }

    void wake(int partition) {
        var loop = loops.get(partition);
        if (loop != null) {
            loop.wake();
        }
    }

    void reload(Collection<Integer> partitions) {
        partitions.forEach(partition -> {
            var loop = loops.get(partition);
            if (loop != null) {
                loop.reload();
            }
        });
    }

    /** One beat, in the thread that beats. */
    void beat() {
        extend();
        share();
    }

    private void extend() {
        var lease = parts.settings().lease();
        // Counted from before the question, so that this replica never believes in a lease longer than the database
        // does.
        var validUntilNanos = System.nanoTime() + lease.toNanos();
        await(rows.alive(parts.pool(), runner, lease));
        var held = await(rows.extend(parts.pool(), runner, lease));
        for (var loop : List.copyOf(loops.values())) {
            var epoch = held.get(loop.lease().partition());
            if (epoch == null || epoch != loop.lease().epoch()) {
                loop.stop();
                loops.remove(loop.lease().partition());
                parts.metrics().lease("lost");
            } else {
                loop.lease().extend(validUntilNanos);
            }
        }
        for (var entry : held.entrySet()) {
            if (!loops.containsKey(entry.getKey())) {
                // Ours by the table though nothing runs, after an answer that was lost: whoever comes first begins
                // anew.
                await(rows.giveBack(parts.pool(), entry.getKey(), entry.getValue(), runner));
            }
        }
    }

    private void share() {
        giveBackWhatIsOver();
        var runners = await(rows.runners(parts.pool()));
        var partitions = await(parts.log().partitions()).size();
        var share = shareOf(runners.indexOf(runner), runners.size(), partitions);
        var led = loops.values().stream().filter(loop -> !loop.leaving()).toList();
        if (led.size() > share) {
            // Each ends its page and is given back at the beat after that.
            led.stream()
                    .sorted(Comparator.comparingInt(
                                    (PartitionLoop loop) -> loop.lease().partition())
                            .reversed())
                    .limit(led.size() - share)
                    .forEach(PartitionLoop::stop);
        } else if (led.size() < share) {
            take(share - led.size());
        }
    }

    /** How many of some partitions the runner of a rank leads; the first ranks have one more where it does not come out even. */
    static int shareOf(int rank, int runners, int partitions) {
        if (rank < 0) {
            return 0;
        }
        return partitions / runners + (rank < partitions % runners ? 1 : 0);
    }

    private void take(int atMost) {
        var free = new ArrayList<>(await(rows.free(parts.pool())));
        for (var partition : free.subList(0, Math.min(atMost, free.size()))) {
            var lease = parts.settings().lease();
            var validUntilNanos = System.nanoTime() + lease.toNanos();
            await(rows.take(parts.pool(), partition, runner, lease, validUntilNanos))
                    .ifPresent(taken -> {
                        var loop = new PartitionLoop(taken, parts);
                        loops.put(partition, loop);
                        loop.start();
                        parts.metrics().lease("taken");
                    });
        }
    }

    private void giveBackWhatIsOver() {
        for (var loop : List.copyOf(loops.values())) {
            if (loop.over()) {
                giveBack(loop);
            }
        }
    }

    private void giveBack(PartitionLoop loop) {
        loops.remove(loop.lease().partition());
        await(rows.giveBack(parts.pool(), loop.lease().partition(), loop.lease().epoch(), runner));
        parts.metrics().lease("given back");
    }

    /** Ends all pages at hand and lets others have the partitions at once. */
    void resign() throws InterruptedException {
        loops.values().forEach(PartitionLoop::stop);
        for (var loop : List.copyOf(loops.values())) {
            if (!loop.awaitEnd(END_OF_PAGE)) {
                var partition = loop.lease().partition();
                LOG.warnf("partition %d is given back in the middle of a page, which will be rolled back", partition);
            }
            giveBack(loop);
        }
        await(rows.forget(parts.pool(), runner));
    }
}
