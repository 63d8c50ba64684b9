package dev.centime.eventstore.log;

/** What the log's callers see of the database's failures. */
final class LogFailures {
    private LogFailures() {}

    static Throwable named(Throwable failure) {
        return switch (DatabaseFailure.of(failure)) {
            case UNAVAILABLE, NO_ROOM, MISPLACED ->
                failure instanceof LogUnavailable
                        ? failure
                        : new LogUnavailable("the database does not serve the log now", failure);
            case DATA -> new IllegalArgumentException("the log does not take this: " + failure.getMessage(), failure);
            case BUG -> failure;
        };
    }
}
