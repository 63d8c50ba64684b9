package dev.centime.ingest.imports;

import dev.centime.kit.Problem;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Who may send a file now. An organization has a few places on a replica, each taken from before a file is received until it is read,
 * so that none can keep the others from importing.
 */
@ApplicationScoped
class FilePlaces {
    private static final int RETRY_SECONDS = 5;

    private final ReadImport reading;
    private final int ofOneOrganization;
    private final ConcurrentMap<String, Integer> taken = new ConcurrentHashMap<>();

    FilePlaces(ReadImport reading, ImportSettings settings) {
        this.reading = reading;
        this.ofOneOrganization = settings.perOrganization();
    }

    /** A file's place; closed once or more, it is free again. */
    interface Place extends AutoCloseable {
        @Override
        void close();
    }

    /** @throws Problem 503 when as many files of the organization are here as may be, or as many of all as can be read */
    Place take(String organization) {
        if (reading.isFull()) {
            throw Problem.unavailable(ReadImport.FULL, RETRY_SECONDS);
        }
        if (taken.merge(organization, 1, Integer::sum) > ofOneOrganization) {
            giveBack(organization);
            throw Problem.unavailable(
                    "as many files of this organization are received and read as may be at once, which is "
                            + ofOneOrganization,
                    RETRY_SECONDS);
        }
        var open = new AtomicBoolean(true);
        return () -> {
            if (open.compareAndSet(true, false)) {
                giveBack(organization);
            }
        };
    }

    private void giveBack(String organization) {
        taken.computeIfPresent(organization, (same, count) -> count == 1 ? null : count - 1);
    }
}
