package dev.centime.eventstore.log;

/**
 * A place in the log.
 *
 * @param timeline which incarnation of the database; positions of different timelines do not compare
 * @param offset the last event included; 0 is before the first
 */
public record Position(long timeline, int partition, long offset) {
    /** The text of the header {@code Centime-Position}. */
    @Override
    public String toString() {
        return timeline + "." + partition + "." + offset;
    }

    /** @throws IllegalArgumentException when the text is no position */
    public static Position parse(String text) {
        var parts = text.split("\\.", -1);
        if (parts.length != 3) {
            throw new IllegalArgumentException("a position is TIMELINE.PARTITION.OFFSET");
        }
        return new Position(Long.parseLong(parts[0]), Integer.parseInt(parts[1]), Long.parseLong(parts[2]));
    }
}
