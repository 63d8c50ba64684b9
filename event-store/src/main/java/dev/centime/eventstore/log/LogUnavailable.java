package dev.centime.eventstore.log;

import org.jspecify.annotations.Nullable;

/** The database did not take or give events now. The same call, with the same ids, may be made again. */
public final class LogUnavailable extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public LogUnavailable(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
