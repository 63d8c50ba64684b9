package dev.centime.eventstore.projection;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.centime.eventstore.log.AppendRejected;
import dev.centime.eventstore.log.DatabaseFailure;
import dev.centime.eventstore.log.EventTypes.EventUnreadable;
import dev.centime.eventstore.log.LogGap;
import dev.centime.eventstore.log.LogUnavailable;
import io.smallrye.mutiny.CompositeException;
import io.smallrye.mutiny.TimeoutException;
import io.vertx.core.VertxException;
import io.vertx.pgclient.PgException;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.stream.Stream;

/** Whose fault a failed page is: an event's, which then parks its organization, or the database's, which parks nobody. */
final class Faults {
    /**
     * SQLSTATE classes that the rows of a view meet again, beside what the log itself calls data: integrity (23), also of a check
     * without a name, program limits such as an index row that is too long (54), and what a function raises (P0). All others pass or
     * are the schema's fault, not an event's.
     */
    private static final Set<String> CLASSES_OF_VIEWS = Set.of("23", "54", "P0");

    /** Of causes within causes; there may be rings of them. */
    private static final int DEEPEST = 10;

    private Faults() {}

    /**
     * Whether an event is at fault. A projection's own exception is: it would be thrown again for the same events. One that only
     * waits for something says so with {@link NotThereYet}. What was thrown because of a failure that passes passes too, whatever it
     * is wrapped in.
     */
    static boolean ofData(Throwable failure) {
        var cause = cause(failure);
        return switch (verdict(cause)) {
            case PASSES -> false;
            case OF_DATA -> true;
            case UNKNOWN -> cause instanceof RuntimeException && !restsOnOnePassing(cause, DEEPEST);
        };
    }

    /** What the kind of a failure says by itself. */
    private enum Verdict {
        PASSES,
        OF_DATA,
        UNKNOWN
    }

    private static Verdict verdict(Throwable failure) {
        return switch (failure) {
            case EventUnreadable unreadable -> unreadable.newer() ? Verdict.PASSES : Verdict.OF_DATA;
            case PgException database -> {
                var state = database.getSqlState();
                yield DatabaseFailure.of(database) == DatabaseFailure.DATA
                                || state != null
                                        && state.length() == 5
                                        && CLASSES_OF_VIEWS.contains(state.substring(0, 2))
                        ? Verdict.OF_DATA
                        : Verdict.PASSES;
            }
            case VertxException connection -> Verdict.PASSES;
            case LogUnavailable away -> Verdict.PASSES;
            case LogGap missing -> Verdict.PASSES;
            case NotThereYet later -> Verdict.PASSES;
            case AppendRejected raced -> Verdict.PASSES;
            case TimeoutException slow -> Verdict.PASSES;
            case RejectedExecutionException stopping -> Verdict.PASSES;
            case CancellationException stopping -> Verdict.PASSES;
            case StaleLease stale -> Verdict.PASSES;
            // Texts and bytes that cannot be read are as unreadable the next time; a file or a connection may be there
            // by then.
            case JsonProcessingException text -> Verdict.OF_DATA;
            case CharacterCodingException bytes -> Verdict.OF_DATA;
            case IOException away -> Verdict.PASSES;
            case RuntimeException unknown -> Verdict.UNKNOWN;
            case InterruptedException stopping -> Verdict.PASSES;
            case java.util.concurrent.TimeoutException slow -> Verdict.PASSES;
            default -> Verdict.UNKNOWN;
        };
    }

    private static boolean restsOnOnePassing(Throwable failure, int depth) {
        return depth > 0
                && causes(failure).noneMatch(cause -> verdict(cause) == Verdict.OF_DATA)
                && causes(failure).anyMatch(cause -> switch (verdict(cause)) {
                    case PASSES -> true;
                    case OF_DATA -> false;
                    case UNKNOWN -> restsOnOnePassing(cause, depth - 1);
                });
    }

    private static Stream<Throwable> causes(Throwable failure) {
        return failure instanceof CompositeException several
                ? several.getCauses().stream()
                : Stream.ofNullable(failure.getCause());
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
