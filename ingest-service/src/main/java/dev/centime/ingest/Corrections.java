package dev.centime.ingest;

import dev.centime.eventstore.log.AppendCondition;
import dev.centime.eventstore.log.Criterion;
import dev.centime.eventstore.log.Tag;
import java.util.Set;

/**
 * A correction names what a call counted with before it, so the corrections of one organization form a chain, whoever makes them:
 * each is appended only if none came after what it had read.
 */
public final class Corrections {
    private Corrections() {}

    /** What every correction of an organization carries. */
    public static Tag chain(String organization) {
        return new Tag("repricing", organization);
    }

    /** Holds while nobody corrected a call of the organization after an offset. */
    public static AppendCondition nobodyElseAfter(String organization, long offset) {
        return new AppendCondition(Set.of(new Criterion(Set.of(chain(organization)), Set.of())), offset);
    }
}
