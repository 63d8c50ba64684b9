package dev.centime.ingest.imports;

import dev.centime.eventstore.log.AppendRejected;
import dev.centime.eventstore.log.DatabaseFailure;
import dev.centime.kit.Problem;
import io.smallrye.mutiny.TimeoutException;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.concurrent.CompletionException;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.jboss.logging.Logger;

/** Does again what fails for a passing reason (the database away, views behind), however long it takes. For threads that may wait. */
final class Patience {
    /** Of one try. */
    static final Duration TRY = Duration.ofSeconds(30);

    private static final Logger LOG = Logger.getLogger(Patience.class);
    private static final Duration SHORTEST_PAUSE = Duration.ofMillis(100);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);

    private final String importId;
    private final Runnable meanwhile;

    /** @param meanwhile done after each try that failed; throws {@link LostImport} when there is nothing to wait for any more */
    Patience(String importId, Runnable meanwhile) {
        this.importId = importId;
        this.meanwhile = meanwhile;
    }

    /** @throws LostImport also when the service ends */
    <T> T await(Supplier<Uni<T>> work) {
        var pause = SHORTEST_PAUSE;
        while (true) {
            try {
                return work.get().await().atMost(TRY);
            } catch (RuntimeException e) {
                if (!passes(e)) {
                    throw e;
                }
                LOG.debugf("import %s waits: %s", importId, e);
                rest(pause);
                pause = pause.multipliedBy(2).compareTo(LONGEST_PAUSE) < 0 ? pause.multipliedBy(2) : LONGEST_PAUSE;
                meanwhile.run();
            }
        }
    }

    private static void rest(Duration pause) {
        LockSupport.parkNanos(pause.toNanos());
        if (Thread.currentThread().isInterrupted()) {
            throw new LostImport();
        }
    }

    private static boolean passes(RuntimeException failure) {
        var cause = failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        return switch (cause) {
            case Problem problem -> problem.status() == 503 || problem.status() == 429;
            case AppendRejected _, TimeoutException _ -> true;
            case LostImport _ -> false;
            default -> DatabaseFailure.of(cause).passes();
        };
    }
}
