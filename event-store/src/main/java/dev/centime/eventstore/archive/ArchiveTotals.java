package dev.centime.eventstore.archive;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.mutiny.sqlclient.Pool;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.jboss.logging.Logger;

/** How much of the log is archived, by the log's own record; asked for again when somebody looks and what is known is a minute old. */
final class ArchiveTotals {
    private static final Logger LOG = Logger.getLogger(ArchiveTotals.class);
    private static final long HOLDS_NANOS = Duration.ofMinutes(1).toNanos();
    private static final String SQL =
            "SELECT coalesce(sum(archived_events), 0)::bigint, coalesce(sum(archived_bytes), 0)::bigint"
                    + " FROM log.event_range WHERE archived_at IS NOT NULL";

    private final Pool runner;
    private final AtomicLong askedAt = new AtomicLong(System.nanoTime() - HOLDS_NANOS);
    private volatile long events;
    private volatile long bytes;

    private ArchiveTotals(Pool runner) {
        this.runner = runner;
    }

    static void show(Pool runner, MeterRegistry metrics) {
        var totals = new ArchiveTotals(runner);
        Gauge.builder("centime.log.archived.events", totals, known -> known.asked().events)
                .description("Events that are in archived files")
                .strongReference(true)
                .register(metrics);
        Gauge.builder("centime.log.archived.bytes", totals, known -> known.asked().bytes)
                .description("Bytes of archived files of events")
                .strongReference(true)
                .register(metrics);
    }

    private ArchiveTotals asked() {
        var last = askedAt.get();
        var now = System.nanoTime();
        if (now - last >= HOLDS_NANOS && askedAt.compareAndSet(last, now)) {
            runner.query(SQL)
                    .execute()
                    .subscribe()
                    .with(
                            rows -> {
                                var row = rows.iterator().next();
                                events = row.getLong(0);
                                bytes = row.getLong(1);
                            },
                            failure -> LOG.debugf("how much is archived is not known now: %s", failure));
        }
        return this;
    }
}
