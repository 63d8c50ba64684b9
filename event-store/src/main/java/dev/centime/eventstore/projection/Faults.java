package dev.centime.eventstore.projection;

import dev.centime.eventstore.log.AppendRejected;
import dev.centime.eventstore.log.EventTypes.EventUnreadable;
import dev.centime.eventstore.log.LogGap;
import dev.centime.eventstore.log.LogUnavailable;
import io.smallrye.mutiny.TimeoutException;
import io.vertx.core.VertxException;
import io.vertx.pgclient.PgException;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;

/** Whose fault a failed page is: an event's, which then parks its organization, or the database's, which parks nobody. */
final class Faults {
    /**
     * SQLSTATE classes that the same rows meet again: cardinality (21), data (22), integrity (23), program limits such as an index
     * row that is too long (54), and what a function raises (P0). All others pass or are the schema's fault, not an event's.
     */
    private static final Set<String> CLASSES_OF_DATA = Set.of("21", "22", "23", "54", "P0");

    private Faults() {}

    /**
     * Whether an event is at fault. A projection's own exception is: it would be thrown again for the same events. One that only
     * waits for something says so with {@link NotThereYet}.
     */
    static boolean ofData(Throwable failure) {
        return switch (cause(failure)) {
            case EventUnreadable unreadable -> !unreadable.newer();
            case PgException database -> {
                var state = database.getSqlState();
                yield state != null && state.length() == 5 && CLASSES_OF_DATA.contains(state.substring(0, 2));
            }
            case VertxException connection -> false;
            case LogUnavailable away -> false;
            case LogGap missing -> false;
            case NotThereYet later -> false;
            case AppendRejected raced -> false;
            case TimeoutException slow -> false;
            case RejectedExecutionException stopping -> false;
            case StaleLease stale -> false;
            case RuntimeException ofTheProjection -> true;
            default -> false;
        };
    }

    /** What went wrong, without the wrapping of asynchronous code. */
    static Throwable cause(Throwable failure) {
        var cause = failure;
        while ((cause instanceof CompletionException || cause instanceof ExecutionException)
                && cause.getCause() != null) {
            cause = cause.getCause();
        }
        return cause;
    }

    /** For an administrator's eyes: the kind of failure and its message, at most 500 characters. */
    static String describe(Throwable failure) {
        var cause = cause(failure);
        var text = cause instanceof PgException database
                ? "SQLSTATE " + database.getSqlState() + ": " + database.getErrorMessage()
                : cause.getClass().getSimpleName() + ": " + cause.getMessage();
        return text.length() <= 500 ? text : text.substring(0, 500);
    }
}
