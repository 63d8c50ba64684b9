package dev.centime.ingest.imports;

import dev.centime.contracts.ImportProgressed.State;
import dev.centime.eventstore.log.Position;
import dev.centime.eventstore.projection.Projections;
import dev.centime.ingest.imports.ImportChunks.Chunk;
import dev.centime.ingest.imports.ImportLeases.Taken;
import dev.centime.ingest.imports.RecordChunk.Done;
import dev.centime.ingest.pressure.Pressure;
import dev.centime.ingest.view.calls.Calls;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Optional;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * One import, chunk by chunk, in a thread of its own. What passes (the database away, views behind) is waited for, however long it
 * takes; what is at fault for good ends the import with a reason. When the lease is lost, it stops without a word.
 */
final class ImportRun {
    private static final Logger LOG = Logger.getLogger(ImportRun.class);
    private static final Duration VIEWS_PATIENCE = Duration.ofSeconds(5);
    static final String UNEXPECTED =
            "an unexpected failure, which the service's own log tells of under this import's id";
    private static final long NEWS_NANOS = Duration.ofSeconds(1).toNanos();

    private final Parts parts;
    private final Taken taken;
    private final Patience patience;
    private Import standing;
    private boolean again;
    private long toldAt = System.nanoTime() - NEWS_NANOS;
    private @Nullable Position lastButOne;
    private @Nullable Position last;

    ImportRun(Taken taken, Parts parts) {
        this.taken = taken;
        this.parts = parts;
        this.patience = new Patience(taken.key().id(), this::keepIfReachable);
        this.standing = taken.standing();
        this.again = taken.resumed();
    }

    /** What a run works with. */
    @Singleton
    record Parts(
            ImportLeases leases,
            ImportChunks chunks,
            RecordChunk recording,
            ImportNews news,
            ImportMetrics metrics,
            Pressure pressure,
            Instance<Projections> projections) {}

    void run() {
        parts.metrics().began();
        try {
            patience.await(() -> parts.news().tell(taken.key(), standing, State.RUNNING));
            if (!standing.dryRun()) {
                patience.await(() -> parts.news().tell(taken.key(), standing, taken.budgets()));
            }
            while (next()) {
                tellNowAndThen();
            }
        } catch (LostImport e) {
            LOG.debugf("import %s is somebody else's, or cancelled", taken.key().id());
        } catch (RuntimeException e) {
            fail(e);
        } finally {
            parts.metrics().ended();
        }
    }

    /** @return false when nothing is left to do */
    private boolean next() {
        Optional<Chunk> chunk = patience.await(() -> parts.chunks().first(taken.key()));
        if (chunk.isEmpty()) {
            end();
            return false;
        }
        patience.await(() -> parts.pressure().eased(taken.key().organization()));
        var done = patience.await(() -> {
            var repeated = again;
            // From the first try on: it may have recorded before it failed.
            again = true;
            return parts.recording().record(taken, chunk.get(), repeated);
        });
        again = false;
        advance(chunk.get(), done);
        letViewsCatchUp(done.position());
        return true;
    }

    private void advance(Chunk chunk, Done done) {
        var recordsDone = standing.recordsDone() + chunk.records();
        var report = standing.report().plus(done.report());
        if (!patience.await(() -> parts.leases().progress(taken, chunk.number(), recordsDone, report))) {
            throw new LostImport();
        }
        parts.metrics().count(chunk.format().text(), done.report());
        standing = at(recordsDone, report);
    }

    /** An import is never more than two chunks ahead of the views, so that it does not make them late for others. */
    private void letViewsCatchUp(@Nullable Position position) {
        var before = lastButOne;
        lastButOne = last;
        last = position;
        if (before == null) {
            return;
        }
        while (!patience.await(() -> parts.projections().get().await(Calls.NAME, before, VIEWS_PATIENCE))) {
            keep();
        }
    }

    private void tellNowAndThen() {
        if (System.nanoTime() - toldAt >= NEWS_NANOS) {
            toldAt = System.nanoTime();
            patience.await(() -> parts.news().tell(taken.key(), standing, State.RUNNING));
        }
    }

    private void end() {
        if (patience.await(() -> parts.leases().end(taken, null))) {
            patience.await(() -> parts.news().tell(taken.key(), standing, State.DONE));
        }
    }

    private void fail(RuntimeException cause) {
        LOG.errorf(cause, "import %s failed", taken.key().id());
        if (Thread.currentThread().isInterrupted()) {
            return;
        }
        var ended = patience.await(() -> parts.leases().end(taken, UNEXPECTED));
        if (ended) {
            patience.await(() -> parts.news().tell(taken.key(), standing, State.FAILED));
        }
    }

    private void keep() {
        if (!parts.leases().keep(taken).await().atMost(Patience.TRY)) {
            throw new LostImport();
        }
    }

    /** While the database is away nobody else takes the lease either. */
    private void keepIfReachable() {
        try {
            keep();
        } catch (LostImport e) {
            throw e;
        } catch (RuntimeException e) {
            LOG.debugf("import %s cannot keep its lease now: %s", taken.key().id(), e);
        }
    }

    private Import at(long recordsDone, ImportReport report) {
        return new Import(
                standing.id(),
                standing.name(),
                standing.format(),
                standing.state(),
                standing.dryRun(),
                standing.createdBy(),
                standing.createdAt(),
                standing.startedAt(),
                standing.endedAt(),
                standing.bytes(),
                standing.records(),
                recordsDone,
                report,
                standing.failure());
    }
}
