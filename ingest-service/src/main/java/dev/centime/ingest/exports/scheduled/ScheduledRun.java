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
import dev.centime.ingest.exports.scheduled.Unfinished.Written;
import dev.centime.ingest.exports.store.StoreFailure;
import dev.centime.kit.Organizations;
import dev.centime.kit.Period;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import org.jboss.logging.Logger;

/**
 * Takes an export that fell due: into a file without its name, which gets its name when it is whole and the lease is still held. Twice
 * taken, as after a crash between the two, it is the same file twice; the log takes its end once.
 */
@ApplicationScoped
class ScheduledRun {
    private static final Logger LOG = Logger.getLogger(ScheduledRun.class);
    private static final int TRIES = 8;
    private static final int PAUSE_FACTOR = 4;
    private static final double FOR_EVER_SECONDS = Duration.ofDays(36_500).toSeconds();
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    /** Of the id, which is random: enough for the schedules that an organization may have. */
    private static final int MARK = 8;

    private final Exports exports;
    private final ExportLeases leases;
    private final Destinations destinations;
    private final ExportMetrics metrics;
    private final Organizations organizations;
    private final EventLog log;
    private final EventTypes types;
    private final ExportSettings settings;

    ScheduledRun(
            Exports exports,
            ExportLeases leases,
            Destinations destinations,
            ExportMetrics metrics,
            Organizations organizations,
            EventLog log,
            EventTypes types,
            ExportSettings settings) {
        this.exports = exports;
        this.leases = leases;
        this.destinations = destinations;
        this.metrics = metrics;
        this.organizations = organizations;
        this.log = log;
        this.types = types;
        this.settings = settings;
    }

    /** Blocks until it is done, has failed for now, or has failed for good. */
    void run(Taken taken) {
        Written written;
        try (var held = new HeldLease(leases, taken.lease())) {
            written = write(taken, held);
        } catch (HeldLease.Lost e) {
            LOG.debugf("scheduled export %s goes on elsewhere", exportId(taken));
            return;
        } catch (IOException | RuntimeException e) {
            failed(taken, e);
            return;
        }
        try {
            end(
                    taken,
                    new ExportEnded(exportId(taken), taken.key().due(), written.file(), written.bytes(), null),
                    FOR_EVER_SECONDS);
            metrics.count(Result.DONE);
        } catch (RuntimeException e) {
            LOG.warnf("scheduled export %s is written again when its lease runs out: %s", exportId(taken), e);
        }
    }

    private Written write(Taken taken, HeldLease held) throws IOException {
        var order = order(taken.waiting());
        var left = held.unfinished();
        if (left != null) {
            destinations.remove(taken.key(), left);
            held.left(null);
        }
        // Other schedules may have the same name and place: the id tells their files apart.
        var name = order.fileName(
                taken.waiting().scheduled().name(), exportId(taken).substring(0, MARK));
        try (var file = destinations.begin(taken, name, held)) {
            write(order, file, held);
            held.stillHeld();
            return file.finish();
        }
    }

    private void write(ExportOrder order, Unfinished file, HeldLease held) throws IOException {
        try (var parts = exports.stream(order).subscribe().asStream(1, () -> new ArrayBlockingQueue<>(2))) {
            for (var part : (Iterable<byte[]>) parts::iterator) {
                file.write(part);
                held.stillSeen();
            }
        }
    }

    private ExportOrder order(Waiting waiting) {
        var organization = organizations.known(waiting.key().organization());
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
                day(waiting.key().due(), organization));
    }

    private static LocalDate day(Instant due, Organization organization) {
        return due.atZone(organization.timeZone()).toLocalDate();
    }

    /** Tried again after a while that grows, and given up in the end: whoever looks at its history sees why. */
    private void failed(Taken taken, Exception failure) {
        LOG.warnf(
                "scheduled export %s of %s failed, try %d of %d: %s",
                exportId(taken), taken.key().organization(), taken.epoch(), TRIES, failure);
        metrics.count(Result.FAILED);
        var reason = described(failure);
        try {
            if (taken.epoch() >= TRIES || failure instanceof StoreFailure known && known.isHopeless()) {
                // What it could not remove is removed later.
                leases.rest(taken.lease(), HeldLease.SECONDS, reason).await().atMost(PATIENCE);
                end(taken, new ExportEnded(exportId(taken), taken.key().due(), null, 0, reason), HeldLease.SECONDS);
            } else {
                leases.rest(taken.lease(), pauseSeconds(taken.epoch()), reason)
                        .await()
                        .atMost(PATIENCE);
            }
        } catch (RuntimeException e) {
            LOG.warnf("scheduled export %s rests until its lease runs out: %s", exportId(taken), e);
        }
    }

    private double pauseSeconds(int epoch) {
        var grown = settings.retryPause().toMillis() * Math.pow(PAUSE_FACTOR, epoch - 1.0);
        return Math.min(grown, settings.longestRetryPause().toMillis()) / 1000;
    }

    /** The name of what went wrong, and no path of this machine. */
    private static String described(Exception failure) {
        return failure instanceof FileSystemException file
                ? "the file cannot be written: "
                        + (file.getReason() == null ? file.getClass().getSimpleName() : file.getReason())
                : String.valueOf(failure.getMessage());
    }

    /** @param seconds for which nobody takes it again, since the view may not have read yet that it has ended */
    private void end(Taken taken, ExportEnded ended, double seconds) {
        var organization = taken.key().organization();
        var id = RecordIds.derived(
                "", "export-ended", organization, ended.exportId(), ended.due().toString());
        var event = types.encode(id, ended.due(), ended, Map.of("actor", "ingest-service"), Set.of());
        log.append(organization, List.of(event)).await().atMost(PATIENCE);
        leases.hold(taken.lease(), seconds).await().atMost(PATIENCE);
    }

    private static String exportId(Taken taken) {
        return taken.key().exportId();
    }
}
