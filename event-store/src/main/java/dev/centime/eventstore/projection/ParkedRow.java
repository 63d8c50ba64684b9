package dev.centime.eventstore.projection;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An organization that stands still in a lane.
 *
 * @param firstOffset the event at fault
 * @param resumeAt the next event of the organization to fold, when that is wanted
 * @param wanted retry or skip, null while nobody asked
 */
record ParkedRow(
        String id,
        String organization,
        long firstOffset,
        long resumeAt,
        @Nullable String wanted) {
    boolean isWanted() {
        return wanted != null;
    }

    /** Where a replay begins. A skip passes over the event at fault, once. */
    long replayFrom() {
        return "skip".equals(wanted) ? Math.max(resumeAt, firstOffset + 1) : resumeAt;
    }

    ParkedRow resumedAt(long offset) {
        return new ParkedRow(id, organization, firstOffset, offset, wanted);
    }

    /** Another event at fault is another row: what is asked for by the id of this one is not meant for it. */
    ParkedRow parkedAgainAt(long offset) {
        var same = offset == firstOffset;
        return new ParkedRow(same ? id : UUID.randomUUID().toString(), organization, offset, offset, null);
    }
}
