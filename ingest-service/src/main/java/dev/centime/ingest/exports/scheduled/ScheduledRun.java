package dev.centime.ingest.exports.scheduled;

import dev.centime.contracts.Organization;
import dev.centime.eventstore.log.EventLog;
import dev.centime.eventstore.log.EventTypes;
import dev.centime.ingest.RecordIds;
import dev.centime.ingest.event.ExportEnded;
import dev.centime.ingest.exports.ExportFormat;
import dev.centime.ingest.exports.ExportLayout;
import dev.centime.ingest.exports.ExportMetrics;
import dev.centime.ingest.exports.ExportMetrics.Result;
import dev.centime.ingest.exports.ExportOrder;
import dev.centime.ingest.exports.ExportSettings;
import dev.centime.ingest.exports.Exports;
import dev.centime.ingest.exports.FocusVersion;
import dev.centime.ingest.exports.scheduled.ExportLeases.Taken;
import dev.centime.ingest.exports.scheduled.ExportLeases.Waiting;
import dev.centime.kit.Organizations;
import dev.centime.kit.Period;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Takes an export that fell due: into a file without its name, which gets its name when it is whole and the lease is still held. Twice
 * taken, as after a crash between the two, it is the same file twice; the log takes its end once.
 */
@ApplicationScoped
class ScheduledRun {
    private static final Logger LOG = Logger.getLogger(ScheduledRun.class);
    private static final int TRIES = 5;
    private static final double HELD_SECONDS = 60;
    private static final double FOR_EVER_SECONDS = Duration.ofDays(36_500).toSeconds();
    private static final Duration BEAT = Duration.ofSeconds(15);
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final Exports exports;
    private final ExportLeases leases;
    private final ExportDirectory directory;
    private final ExportMetrics metrics;
    private final Organizations organizations;
    private final EventLog log;
    private final EventTypes types;
    private final double firstPauseSeconds;

    ScheduledRun(
            Exports exports,
            ExportLeases leases,
            ExportDirectory directory,
            ExportMetrics metrics,
            Organizations organizations,
            EventLog log,
            EventTypes types,
            ExportSettings settings) {
        this.exports = exports;
        this.leases = leases;
        this.directory = directory;
        this.metrics = metrics;
        this.organizations = organizations;
        this.log = log;
        this.types = types;
        this.firstPauseSeconds = settings.retryPause().toMillis() / 1000.0;
    }

    /** Blocks until it is done, has failed for now, or has failed for good. */
    void run(Taken taken) {
        var waiting = taken.waiting();
        try {
            var file = write(taken);
            if (file != null) {
                end(taken, new ExportEnded(exportId(waiting), waiting.due(), file.name(), file.bytes(), null));
                metrics.count(Result.DONE);
            }
        } catch (IOException | RuntimeException e) {
            failed(taken, e);
        }
    }

    private record Written(String name, long bytes) {}

    /** @return null when somebody else has taken it meanwhile */
    private @Nullable Written write(Taken taken) throws IOException {
        var order = order(taken.waiting());
        var destination = taken.waiting().scheduled().destination().path();
        var folder = directory.folder(order.organization().id(), destination);
        var file = ExportFile.of(folder, taken.waiting().scheduled(), order, taken.epoch());
        file.forgetEarlierTries();
        try {
            if (!written(order, file.unfinished(), taken) || !held(taken)) {
                return null;
            }
            var bytes = file.finish();
            return new Written(destination.isEmpty() ? file.name() : destination + "/" + file.name(), bytes);
        } finally {
            Files.deleteIfExists(file.unfinished());
        }
    }

    /** @return false when somebody else has taken it meanwhile */
    private boolean written(ExportOrder order, Path unfinished, Taken taken) throws IOException {
        var beatAt = System.nanoTime() + BEAT.toNanos();
        try (var out = Files.newByteChannel(
                        unfinished,
                        StandardOpenOption.CREATE,
                        StandardOpenOption.TRUNCATE_EXISTING,
                        StandardOpenOption.WRITE);
                var parts = exports.stream(order).subscribe().asStream(1, () -> new ArrayBlockingQueue<>(2))) {
            for (var part : (Iterable<byte[]>) parts::iterator) {
                var bytes = ByteBuffer.wrap(part);
                while (bytes.hasRemaining()) {
                    out.write(bytes);
                }
                if (System.nanoTime() - beatAt > 0) {
                    if (!held(taken)) {
                        return false;
                    }
                    beatAt = System.nanoTime() + BEAT.toNanos();
                }
            }
        }
        return true;
    }

    private ExportOrder order(Waiting waiting) {
        var organization = organizations
                .find(waiting.organization())
                .orElseThrow(() -> new IllegalStateException("the organization is not known yet"));
        if (!organization.individualDetail()) {
            throw new IllegalStateException("the organization does not show what individuals did");
        }
        var scheduled = waiting.scheduled();
        return new ExportOrder(
                organization,
                ExportLayout.of(scheduled.layout()),
                ExportFormat.of(scheduled.format()),
                scheduled.focus() == null ? null : FocusVersion.of(scheduled.focus()),
                new Period(waiting.start(), waiting.end(), organization.timeZone()),
                scheduled.filters(),
                day(waiting.due(), organization));
    }

    private static java.time.LocalDate day(Instant due, Organization organization) {
        return due.atZone(organization.timeZone()).toLocalDate();
    }

    private boolean held(Taken taken) {
        return leases.hold(taken, HELD_SECONDS).await().atMost(PATIENCE);
    }

    /** Tried again after a while that doubles, and given up in the end: whoever looks at its history sees why. */
    private void failed(Taken taken, Exception failure) {
        var waiting = taken.waiting();
        LOG.warnf(
                "scheduled export %s of %s failed, try %d of %d: %s",
                exportId(waiting), waiting.organization(), taken.epoch(), TRIES, failure);
        metrics.count(Result.FAILED);
        try {
            if (taken.epoch() >= TRIES) {
                end(taken, new ExportEnded(exportId(waiting), waiting.due(), null, 0, described(failure)));
            } else {
                leases.hold(taken, firstPauseSeconds * (1 << taken.epoch() - 1))
                        .await()
                        .atMost(PATIENCE);
            }
        } catch (RuntimeException e) {
            LOG.warnf("scheduled export %s rests until its lease runs out: %s", exportId(waiting), e);
        }
    }

    /** The name of what went wrong, and no path of this machine. */
    private static String described(Exception failure) {
        return failure instanceof java.nio.file.FileSystemException file
                ? "the file cannot be written: "
                        + (file.getReason() == null ? file.getClass().getSimpleName() : file.getReason())
                : String.valueOf(failure.getMessage());
    }

    private void end(Taken taken, ExportEnded ended) {
        var waiting = taken.waiting();
        var id = RecordIds.derived(
                "",
                "export-ended",
                waiting.organization(),
                ended.exportId(),
                ended.due().toString());
        var event = types.encode(id, waiting.due(), ended, Map.of("actor", "ingest-service"), Set.of());
        log.append(waiting.organization(), List.of(event)).await().atMost(PATIENCE);
        // Until the view has read that it has ended, nobody takes it again.
        leases.hold(taken, FOR_EVER_SECONDS).await().atMost(PATIENCE);
    }

    private static String exportId(Waiting waiting) {
        return waiting.scheduled().exportId();
    }
}
