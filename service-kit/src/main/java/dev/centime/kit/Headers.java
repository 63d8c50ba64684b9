package dev.centime.kit;

/** The header names of the REST contract. */
public final class Headers {
    /** Up to where the log holds what a write did. */
    public static final String POSITION = "Centime-Position";

    /** Makes a read wait until the views hold that position. */
    public static final String AT_LEAST = "Centime-At-Least";

    public static final String IDEMPOTENCY_KEY = "Idempotency-Key";

    /** Which organization a platform admin acts for; {@code *} for all. */
    public static final String ORGANIZATION = "X-Organization";

    /** Tells a request from others, from the door to the events that it led to. */
    public static final String REQUEST_ID = "X-Request-Id";

    /** From the gateway to a service: the client's address. */
    public static final String FORWARDED_FOR = "X-Forwarded-For";

    private Headers() {}
}
