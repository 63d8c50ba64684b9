package dev.centime.eventstore.log;

/** What comes next in a partition is not in the log's tables: it was archived, or this login may not read it. */
public final class LogGap extends IllegalStateException {
    private static final long serialVersionUID = 1L;

    public LogGap(int partition, long after) {
        super("partition " + partition + " of the log does not go on after offset " + after
                + ": archived, or not visible to this login");
    }
}
