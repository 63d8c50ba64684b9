package dev.centime.eventstore.projection;

import dev.centime.eventstore.log.Position;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The projections and reactions of one service, running. Made by {@link ProjectionRunner#builder()}. */
public interface Projections {
    /** The names of all projections, reactions excluded. */
    Set<String> names();

    /** Takes a fair share of the partitions and begins. */
    Uni<Void> start();

    /** Ends the page at hand, gives back the leases, and stops. */
    Uni<Void> stop();

    Uni<List<ProjectionStatus>> status();

    /**
     * Completes when the serving generation of a projection has folded in a position.
     *
     * @return true when it has; false when the deadline passed or the position is of another timeline
     */
    Uni<Boolean> await(String projection, Position position, Duration deadline);

    /**
     * Completes when the serving generation of a projection has folded in a position; fails with {@link NotThereYet} when it has not by
     * the deadline. For reactions and timers, which are then tried again.
     */
    default Uni<Void> arrival(String projection, Position position, Duration deadline) {
        return await(projection, position, deadline)
                .chain(arrived -> arrived
                        ? Uni.createFrom().voidItem()
                        : Uni.createFrom().failure(new NotThereYet("view " + projection + " is not there yet")));
    }

    /** Since when an organization's view stands still, empty when it does not. */
    Uni<Optional<Instant>> staleSince(String projection, String organization);

    /**
     * Fills the next generation from the beginning, beside the serving one, and serves it when it has caught up.
     *
     * @return the rebuild's id; that of the one under way when there is one
     * @throws IllegalArgumentException (as a failure) when there is no such projection
     */
    Uni<String> rebuild(String projection);

    /** The rebuilds under way and the last ones ended, newest first. */
    Uni<List<ProjectionStatus.Rebuild>> rebuilds();

    /**
     * Folds a parked organization in again from where it stopped, shortly: whoever leads its partition does it.
     *
     * @return false when nothing is parked under that id
     */
    Uni<Boolean> retry(String projection, String parkedId);

    /** Passes over the event at fault and folds the rest in, likewise. */
    Uni<Boolean> skip(String projection, String parkedId);
}
