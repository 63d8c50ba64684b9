package dev.centime.eventstore.log;

/** The database did not take or give events now. The same call, with the same ids, may be made again. */
public final class LogUnavailable extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public LogUnavailable(String message, Throwable cause) {
        super(message, cause);
    }
}
