package dev.centime.eventstore.projection;

/** The position was not where this replica left it: somebody else leads the partition, or a rebuild was swapped in. */
final class StaleLease extends RuntimeException {
    private static final long serialVersionUID = 1L;

    StaleLease(String message) {
        super(message, null, false, false);
    }
}
