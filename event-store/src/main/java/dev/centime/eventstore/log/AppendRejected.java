package dev.centime.eventstore.log;

/** The append condition did not hold: somebody else decided in between. Read again and decide again. */
public final class AppendRejected extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public AppendRejected(String message) {
        super(message, null, false, false);
    }
}
