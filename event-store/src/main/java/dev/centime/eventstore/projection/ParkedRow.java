package dev.centime.eventstore.projection;

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

    ParkedRow parkedAgainAt(long offset) {
        return new ParkedRow(id, organization, offset, offset, null);
    }
}
