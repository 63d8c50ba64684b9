package dev.centime.kit.problem;

import dev.centime.eventstore.log.AppendRejected;
import dev.centime.eventstore.log.LogUnavailable;
import dev.centime.kit.Problem;
import io.vertx.pgclient.PgException;
import io.vertx.sqlclient.ClosedConnectionException;
import java.io.IOException;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeoutException;
import org.jboss.logging.Logger;

/** What nobody foresaw, and a database that is away. */
public final class Failures {
    private static final Logger LOG = Logger.getLogger(Failures.class);

    /** Classes of SQLSTATE in which the same call may succeed later: connection, resources, operator, system, rollback. */
    private static final List<String> PASSING = List.of("08", "53", "57", "58", "40", "55", "25");

    private static final String TABLE_MISSING = "42P01";
    private static final String SCHEMA_MISSING = "3F000";

    private Failures() {}

    /** @param bodyRead whether the whole body had come; until then, what breaks off is the sender's connection */
    static Problem problem(Throwable failure, boolean bodyRead) {
        if (!bodyRead && unwrapped(failure) instanceof IOException) {
            return Problem.of(400, "broken-body", "The body broke off", "it ended before its end")
                    .field("body", "must come whole");
        }
        return problem(failure);
    }

    /** Any failure as a problem, for those who answer in another form than problem+json. */
    public static Problem problem(Throwable failure) {
        var cause = unwrapped(failure);
        if (cause instanceof Problem problem) {
            return problem;
        }
        if (cause instanceof LogUnavailable) {
            return Problem.unavailable("the event log cannot be reached; nothing was changed for certain", 1);
        }
        if (cause instanceof AppendRejected) {
            // Whoever decides tries again himself; what still loses met more contention than a caller should wait for.
            return Problem.unavailable("too many changes to the same thing at once", 1);
        }
        if (isAway(cause)) {
            LOG.warnf("the database is away: %s", cause.toString());
            return Problem.unavailable("the database cannot be reached", 1);
        }
        return bug(cause);
    }

    /** The log holds what happened under an id; the caller sees the id and nothing else. */
    static Problem bug(Throwable cause) {
        var id = UUID.randomUUID().toString();
        LOG.errorf(cause, "unexpected failure %s", id);
        return Problem.of(500, "unexpected", "Something went wrong here", "the log has the cause under " + id)
                .with("incident", id);
    }

    private static Throwable unwrapped(Throwable failure) {
        var cause = failure;
        while (cause instanceof CompletionException && cause.getCause() != null) {
            cause = cause.getCause();
        }
        return cause;
    }

    private static boolean isAway(Throwable cause) {
        return switch (cause) {
            case PgException sql -> isPassing(sql.getSqlState());
            case ClosedConnectionException _, TimeoutException _ -> true;
            // The client's own failures to connect: refused, reset, no free connection in time.
            case IOException _ -> true;
            default -> cause.getClass().getName().startsWith("io.vertx.core.impl.NoStackTrace");
        };
    }

    private static boolean isPassing(String sqlState) {
        return sqlState.equals(TABLE_MISSING)
                || sqlState.equals(SCHEMA_MISSING)
                || PASSING.stream().anyMatch(sqlState::startsWith);
    }
}
