package dev.centime.eventstore.log;

import io.smallrye.mutiny.TimeoutException;
import io.vertx.core.VertxException;
import io.vertx.pgclient.PgException;
import java.util.Set;

/**
 * What a failed statement means, read from its SQLSTATE; the one place where these codes are named. Whatever has none (a lost
 * connection, a full pool, a timeout) means that the database was not reached.
 */
public enum DatabaseFailure {
    /** Away, slow, full, shutting down, or the transaction lost against another one: making it again may help. */
    UNAVAILABLE,
    /** No table takes these offsets yet: making room helps. */
    NO_ROOM,
    /** The organization does not lie in the partition named: asking where it lies helps. */
    MISPLACED,
    /** The data can not be stored or computed with: making it again never helps. */
    DATA,
    /** A wrong statement, right or schema: a bug, or a schema of another version. */
    BUG;

    private static final Set<String> PASSING_CLASSES = Set.of("08", "40", "53", "55", "57", "58");
    private static final Set<String> DATA_CLASSES = Set.of("21", "22", "23", "44");
    private static final String READ_ONLY = "25006";
    private static final String IDLE_TOO_LONG = "25P03";
    private static final String TRANSACTION_TOO_LONG = "25P04";
    private static final String CHECK_VIOLATION = "23514";
    private static final String ORGANIZATION_ELSEWHERE = "CT003";
    private static final String KEY_TAKEN = "CT004";

    public static DatabaseFailure of(Throwable failure) {
        if (!(failure instanceof PgException error) || error.getSqlState() == null) {
            return isOfThisProgram(failure) ? BUG : UNAVAILABLE;
        }
        return switch (error.getSqlState()) {
            case READ_ONLY, IDLE_TOO_LONG, TRANSACTION_TOO_LONG -> UNAVAILABLE;
            // A check that a table's author wrote has a name; that of a missing partition has none.
            case CHECK_VIOLATION -> error.getConstraint() == null ? NO_ROOM : DATA;
            case ORGANIZATION_ELSEWHERE -> MISPLACED;
            case KEY_TAKEN -> DATA;
            case String code when PASSING_CLASSES.contains(code.substring(0, 2)) -> UNAVAILABLE;
            case String code when DATA_CLASSES.contains(code.substring(0, 2)) -> DATA;
            default -> BUG;
        };
    }

    /** The client's own failures are checked exceptions or of these classes; other unchecked ones are somebody's mistake. */
    private static boolean isOfThisProgram(Throwable failure) {
        return failure instanceof Error
                || failure instanceof RuntimeException
                        && !(failure instanceof VertxException
                                || failure instanceof TimeoutException
                                || failure instanceof LogUnavailable);
    }

    /** Whether the same statement may succeed when it is made again. */
    public boolean passes() {
        return this == UNAVAILABLE || this == NO_ROOM;
    }
}
