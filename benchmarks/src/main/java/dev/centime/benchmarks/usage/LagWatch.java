package dev.centime.benchmarks.usage;

import dev.centime.benchmarks.Patience;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;

/** Looks all the time how late the latest view of any service is. */
final class LagWatch implements AutoCloseable {
    private static final Duration EVERY = Duration.ofMillis(100);
    private static final String SQL = "SELECT coalesce(max(late_seconds), 0) FROM log.lags()";

    private final Connection connection;
    private final Thread thread;
    private volatile Latencies seen = new Latencies();
    private volatile double now;
    private volatile boolean stopped;

    LagWatch(Connection connection) {
        this.connection = connection;
        this.thread = Thread.ofVirtual().name("lag").start(this::watch);
    }

    private void watch() {
        try (var look = connection.prepareStatement(SQL)) {
            while (!stopped) {
                try (var rows = look.executeQuery()) {
                    rows.next();
                    now = rows.getDouble(1);
                    seen.add((long) (now * 1e9));
                }
                Thread.sleep(EVERY);
            }
        } catch (SQLException | InterruptedException e) {
            if (!stopped) {
                throw new IllegalStateException("the lag cannot be seen any more", e);
            }
        }
    }

    /** Seconds that 99 of 100 looks stayed below since the last call of this. */
    double p99Seconds() {
        var looked = seen;
        seen = new Latencies();
        return looked.quantile(0.99) / 1_000;
    }

    /** Returns when all views have caught up. */
    void awaitNone() {
        Patience.await("all views caught up", EVERY.multipliedBy(2))
                .pollDelay(EVERY.multipliedBy(2))
                .until(() -> now <= 0.05);
    }

    @Override
    public void close() throws SQLException, InterruptedException {
        stopped = true;
        thread.join();
        connection.close();
    }
}
