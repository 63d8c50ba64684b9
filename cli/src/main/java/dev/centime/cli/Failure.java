package dev.centime.cli;

/** A command that could not do its work. The message is one line and says what to do about it. */
public final class Failure extends RuntimeException {
    /** The work failed, or the server refused it. */
    public static final int FAILED = 1;

    /** Nobody answers at the address. */
    public static final int UNREACHABLE = 3;

    /** The key is missing, unknown, or may not do this. */
    public static final int NOT_ALLOWED = 4;

    private final String reason;
    private final int exitCode;

    public Failure(String message) {
        this(message, FAILED);
    }

    public Failure(String message, int exitCode) {
        super(message);
        this.reason = message;
        this.exitCode = exitCode;
    }

    public Failure(String message, Throwable cause) {
        super(message, cause);
        this.reason = message;
        this.exitCode = FAILED;
    }

    @Override
    public String getMessage() {
        return reason;
    }

    public int exitCode() {
        return exitCode;
    }
}
