package dev.centime.eventstore.projection;

import io.vertx.mutiny.sqlclient.SqlClient;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;

/**
 * The database's time, by which the log says when it took an event. A machine whose own clock is off would else show a lag where
 * there is none, or none where there is one.
 */
final class DatabaseClock {
    private volatile Duration ahead = Duration.ZERO;

    /** Asks for the time. Half of what the question took is what it may be wrong by. */
    void set(SqlClient client) {
        var asked = Instant.now();
        var theirs = Blocking.await(client.query("SELECT clock_timestamp()").execute())
                .iterator()
                .next()
                .get(OffsetDateTime.class, 0)
                .toInstant();
        var answered = Instant.now();
        var ours = asked.plus(Duration.between(asked, answered).dividedBy(2));
        ahead = Duration.between(ours, theirs);
    }

    Instant now() {
        return Instant.now().plus(ahead);
    }

    /** Seconds since then, never less than 0. */
    double secondsSince(Instant then) {
        return Math.max(0, Duration.between(then, now()).toMillis() / 1000.0);
    }
}
