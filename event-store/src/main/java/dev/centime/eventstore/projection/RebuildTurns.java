package dev.centime.eventstore.projection;

import static dev.centime.eventstore.projection.Blocking.await;

import dev.centime.eventstore.log.DatabaseFailure;
import dev.centime.eventstore.projection.RebuildRows.Filling;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;

/**
 * What a beat does beside the leases: tells the loops of rebuilds, retries and skips that somebody asked for, serves a generation
 * that has caught up, and drops what was replaced. Any replica may do any of it; the rows say who was first.
 */
final class RebuildTurns {
    private static final Logger LOG = Logger.getLogger(RebuildTurns.class);

    private static final int BEGUN_AGAIN = 4;

    private final RunnerParts parts;
    private final RebuildRows rows;
    private final Leadership leadership;
    private Set<String> known = Set.of();

    RebuildTurns(RunnerParts parts, RebuildRows rows, Leadership leadership) {
        this.parts = parts;
        this.rows = rows;
        this.leadership = leadership;
    }

    /** @return the id of the rebuild, or of the one that is under way already */
    String begin(String id, Projection projection) {
        var total = await(parts.log().heads()).values().stream()
                .mapToLong(Long::longValue)
                .sum();
        // Beats of every replica hold its table for moments. What was begun although that was not heard is found.
        return await(rows.begin(parts.pool(), id, projection, total)
                .onFailure(failure -> DatabaseFailure.of(failure).passes())
                .retry()
                .atMost(BEGUN_AGAIN));
    }

    void turn() {
        var filling = await(rows.filling(parts.pool()));
        var over = new HashSet<String>();
        for (var rebuild : filling) {
            if (!rebuild.behind() && swap(rebuild)) {
                over.add(rebuild.id());
            }
        }
        var now = filling.stream()
                .map(Filling::id)
                .filter(id -> !over.contains(id))
                .collect(Collectors.toSet());
        if (!now.equals(known)) {
            known = now;
            leadership.loops().forEach(PartitionLoop::reload);
        }
        leadership.reload(await(parts.parkedRows().wanted(parts.pool())));
        await(rows.dropReplaced(parts.pool(), parts.settings().keepReplaced()));
    }

    private boolean swap(Filling rebuild) {
        try {
            var outcome = await(rows.end(parts.pool(), rebuild.id()));
            parts.metrics().swapped(rebuild.projection(), outcome);
            if (outcome.equals("swapped")) {
                LOG.infof("%s is served in generation %d", rebuild.projection(), rebuild.generation());
            }
            return outcome.equals("swapped") || outcome.equals("over");
        } catch (RuntimeException e) {
            // Readers held a table too long; they go first, and the next beat tries again.
            parts.metrics().swapped(rebuild.projection(), "failed");
            LOG.infof("%s is not served anew yet: %s", rebuild.projection(), Faults.describe(e));
            return false;
        }
    }
}
