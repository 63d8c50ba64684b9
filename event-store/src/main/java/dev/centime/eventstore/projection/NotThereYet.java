package dev.centime.eventstore.projection;

/**
 * What a page or a timer needs has not come yet, for instance a view that is rebuilt at this moment. No event is at fault: it is
 * tried again after a pause, and nobody is parked.
 */
public final class NotThereYet extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public NotThereYet(String message) {
        super(message, null, false, false);
    }
}
