package dev.centime.ingest.exports.scheduled;

import dev.centime.ingest.Beats;
import dev.centime.ingest.exports.scheduled.ExportLeases.Lease;
import io.smallrye.mutiny.subscription.Cancellable;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** A lease that is held however long a part takes to be written, and what is written under it. */
final class HeldLease implements AutoCloseable, Leftover.Noted {
    static final double SECONDS = 60;

    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final Beats BEATS = new Beats(Duration.ofSeconds(1), 10);

    private final ExportLeases leases;
    private final Lease lease;
    private final Cancellable beating;
    private volatile boolean lost;
    private volatile @Nullable Leftover unfinished;

    HeldLease(ExportLeases leases, Lease lease) {
        this.leases = leases;
        this.lease = lease;
        this.unfinished = lease.unfinished();
        this.beating = BEATS.begin(() -> leases.beat(lease, SECONDS).invoke(this::seen));
    }

    private void seen(boolean mine) {
        if (!mine) {
            lost = true;
        }
    }

    /** Somebody else has it meanwhile: whatever is done under it is for nothing. */
    static final class Lost extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Lost() {
            super("somebody else has the lease", null, false, false);
        }
    }

    /** @throws Lost when that was seen */
    void stillSeen() {
        if (lost) {
            throw new Lost();
        }
    }

    /** Asks the database. @throws Lost when somebody else has it */
    void stillHeld() {
        if (!leases.hold(lease, SECONDS).await().atMost(PATIENCE)) {
            throw new Lost();
        }
    }

    @Override
    public void left(@Nullable Leftover leftover) {
        if (!leases.note(lease, leftover).await().atMost(PATIENCE)) {
            throw new Lost();
        }
        unfinished = leftover;
    }

    /** What is to be removed still; null for nothing. */
    @Nullable
    Leftover unfinished() {
        return unfinished;
    }

    /** Holds it no longer; it runs out by itself. */
    @Override
    public void close() {
        beating.cancel();
    }
}
