package dev.centime.eventstore.projection;

import static dev.centime.eventstore.projection.Blocking.await;

import dev.centime.eventstore.log.Event;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Transaction;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.function.Function;
import org.jboss.logging.Logger;

/**
 * The one way in which a lane moves: a transaction that begins by comparing and setting the position and ends with the rows that
 * belong to it. Bounded in number, so that leases always find a connection.
 */
final class PageTransaction {
    private static final Logger LOG = Logger.getLogger(PageTransaction.class);
    private static final Duration LONGEST_APPLY = Duration.ofSeconds(60);

    private final Pool pool;
    private final PositionRows positions;
    private final TimerRows timers;
    private final String schema;
    private final Semaphore permits;

    PageTransaction(Pool pool, PositionRows positions, TimerRows timers, String schema, int atOnce) {
        this.pool = pool;
        this.positions = positions;
        this.timers = timers;
        this.schema = schema;
        this.permits = new Semaphore(atOnce);
    }

    /**
     * Moves a lane, folds events, and does what else belongs to it.
     *
     * @param events may be none
     * @param also for instance the parking of an organization
     * @throws StaleLease when the lane is not where it should be; nothing is done then
     */
    void run(Lease lease, Lane lane, List<Event> events, long to, Function<SqlConnection, Uni<Void>> also)
            throws InterruptedException {
        react(lease, lane, events);
        permits.acquire();
        try {
            inTransaction(lease, lane, events, to, also);
        } finally {
            permits.release();
        }
    }

    /** Moves lanes for which there is nothing on the way. @throws StaleLease when one is not where it should be */
    void pass(Lease lease, List<Lane> lanes, long from, long to) {
        if (await(positions.move(pool, lease, lanes, from, to)) < lanes.size()) {
            throw new StaleLease("one of " + lanes + " is not at " + from);
        }
    }

    private static void react(Lease lease, Lane lane, List<Event> events) {
        if (lane.follows() instanceof Follows.Reacts reacts && !events.isEmpty()) {
            // Effects cannot be rolled back: a replica that slept past its lease leaves them to the next one.
            if (!lease.valid()) {
                throw new StaleLease("the lease of partition " + lease.partition() + " has run out");
            }
            await(reacts.reaction()
                    .react(events)
                    .ifNoItem()
                    .after(LONGEST_APPLY)
                    .fail());
        }
    }

    private void inTransaction(
            Lease lease, Lane lane, List<Event> events, long to, Function<SqlConnection, Uni<Void>> also) {
        var connection = await(pool.getConnection());
        try {
            var transaction = await(connection.begin());
            try {
                if (await(positions.move(connection, lease, List.of(lane), lane.upTo(), to)) == 0) {
                    throw new StaleLease(lane + " is not where it was left");
                }
                if (lane.follows() instanceof Follows.Folds folds && !events.isEmpty()) {
                    var view = new OpenView(connection, lease.partition(), lane, schema, timers);
                    await(folds.projection()
                            .apply(view, events)
                            .ifNoItem()
                            .after(LONGEST_APPLY)
                            .fail());
                }
                await(also.apply(connection));
                await(transaction.commit());
            } catch (Throwable e) {
                rollBack(transaction);
                throw e;
            }
        } finally {
            await(connection.close().onFailure().recoverWithNull());
        }
    }

    private static void rollBack(Transaction transaction) {
        try {
            await(transaction.rollback());
        } catch (RuntimeException e) {
            // The connection is gone or the server has rolled back already: either way nothing stands.
            LOG.debugf(e, "no rollback needed");
        }
    }
}
