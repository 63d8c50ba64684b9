package dev.centime.eventstore.axon;

import dev.centime.eventstore.log.Position;
import org.axonframework.eventsourcing.eventstore.ConsistencyMarker;
import org.axonframework.eventsourcing.eventstore.GlobalIndexConsistencyMarker;

/** How far a decision has read the log: an offset, and the timeline that it is of. */
final class LogMarker extends GlobalIndexConsistencyMarker {
    /** No database is on it: what was read on two timelines is decided again. */
    private static final long NO_TIMELINE = -1;

    private final long timeline;
    private final long offset;

    private LogMarker(long timeline, long offset) {
        super(offset);
        this.timeline = timeline;
        this.offset = offset;
    }

    static LogMarker at(Position position) {
        return new LogMarker(position.timeline(), position.offset());
    }

    long timeline() {
        return timeline;
    }

    long offset() {
        return offset;
    }

    @Override
    protected ConsistencyMarker doLowerBound(GlobalIndexConsistencyMarker other) {
        return new LogMarker(timelineWith(other), Math.min(offset, position(other)));
    }

    @Override
    protected ConsistencyMarker doUpperBound(GlobalIndexConsistencyMarker other) {
        return new LogMarker(timelineWith(other), Math.max(offset, position(other)));
    }

    private long timelineWith(GlobalIndexConsistencyMarker other) {
        return other instanceof LogMarker that && that.timeline != timeline ? NO_TIMELINE : timeline;
    }

    @Override
    public boolean equals(Object other) {
        return super.equals(other) && other instanceof LogMarker that && timeline == that.timeline;
    }

    @Override
    public int hashCode() {
        return 31 * super.hashCode() + Long.hashCode(timeline);
    }

    @Override
    public String toString() {
        return "offset " + offset + " of timeline " + timeline;
    }
}
