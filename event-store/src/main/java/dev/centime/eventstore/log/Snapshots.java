package dev.centime.eventstore.log;

import io.smallrye.mutiny.Uni;
import java.util.Optional;

/** States of entities as of an offset, kept so that they need not be folded from the first event. Losing them loses nothing. */
public interface Snapshots {
    /**
     * A state that was kept.
     *
     * @param version of its form
     * @param offset up to which events are folded in
     */
    record Snapshot(int version, long offset, byte[] state) {}

    Uni<Optional<Snapshot>> find(String organization, String kind, String entity);

    /** Keeps a state, unless one of a later offset and the same version is there. */
    Uni<Void> save(String organization, String kind, String entity, Snapshot snapshot);
}
