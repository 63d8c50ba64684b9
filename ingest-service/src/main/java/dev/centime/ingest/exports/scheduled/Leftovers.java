package dev.centime.ingest.exports.scheduled;

import dev.centime.ingest.exports.scheduled.ExportLeases.Key;
import dev.centime.ingest.exports.scheduled.ExportLeases.Lease;
import dev.centime.kit.Caller;
import dev.centime.kit.Tenants;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jboss.logging.Logger;

/**
 * Removes what exports left that nobody takes again, since they were cancelled or given up: the part of a file whose writer was killed,
 * the parts of an upload, in the end the secret of the store. Blocks.
 */
@ApplicationScoped
class Leftovers {
    private static final Logger LOG = Logger.getLogger(Leftovers.class);
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final int AT_ONCE = 10;
    private static final double PAUSE_SECONDS = Duration.ofHours(1).toSeconds();

    /** A week and more of tries: then the store is another's, or gone. */
    private static final int TRIES = 200;

    /** Of what an export that is not there has: it may be on its way, in a view that is late or parked. */
    private static final Duration SETTLED = Duration.ofDays(7);

    private static final String UNFINISHED = """
            SELECT partition, organization, export_id, due FROM ingest.export_lease AS lease
            WHERE unfinished IS NOT NULL AND until <= clock_timestamp() AND NOT EXISTS (
                SELECT FROM ingest.export_run AS run WHERE run.partition = lease.partition
                  AND run.organization = lease.organization AND run.export_id = lease.export_id AND run.due = lease.due
                  AND run.state = 'waiting')
            ORDER BY until LIMIT $1
            """;

    /** Those of exports that ended run out never. */
    private static final String FORGET_LEASES = """
            DELETE FROM ingest.export_lease AS lease
            WHERE unfinished IS NULL
              AND (until <= clock_timestamp() - make_interval(secs => $1) OR until > clock_timestamp() + interval '1 year')
              AND NOT EXISTS (
                SELECT FROM ingest.export_schedule AS schedule WHERE schedule.partition = lease.partition
                  AND schedule.organization = lease.organization AND schedule.id = lease.export_id)
            """;

    private static final String FORGET_SECRETS = """
            DELETE FROM ingest.export_secret AS secret
            WHERE created_at <= clock_timestamp() - make_interval(secs => $1)
              AND NOT EXISTS (
                SELECT FROM ingest.export_schedule AS schedule WHERE schedule.partition = secret.partition
                  AND schedule.organization = secret.organization AND schedule.id = secret.secret_id)
              AND NOT EXISTS (
                SELECT FROM ingest.export_lease AS lease WHERE lease.partition = secret.partition
                  AND lease.organization = secret.organization AND lease.export_id = secret.secret_id
                  AND (unfinished IS NOT NULL OR until > clock_timestamp() AND until < clock_timestamp() + interval '1 year'))
            """;

    private final ExportLeases leases;
    private final Destinations destinations;
    private final Tenants tenants;
    private final Counter removed;
    private final Counter retried;
    private final Counter givenUp;

    Leftovers(ExportLeases leases, Destinations destinations, Tenants tenants, MeterRegistry registry) {
        this.leases = leases;
        this.destinations = destinations;
        this.tenants = tenants;
        this.removed = counter(registry, "removed");
        this.retried = counter(registry, "retried");
        this.givenUp = counter(registry, "given_up");
    }

    private static Counter counter(MeterRegistry registry, String result) {
        return Counter.builder("centime.exports.leftovers")
                .description("What exports left unfinished that nobody takes again")
                .tag("result", result)
                .register(registry);
    }

    void removeSome() {
        for (var key : unfinished().await().atMost(PATIENCE)) {
            leases.take(key).await().atMost(PATIENCE).ifPresent(this::remove);
        }
    }

    /** Secrets and leases of exports that are no more. */
    void forgetCancelled() {
        forgetCancelled(SETTLED);
    }

    void forgetCancelled(Duration settled) {
        var seconds = Tuple.of(settled.toMillis() / 1000.0);
        tenants.with(Caller.ALL_ORGANIZATIONS, connection -> connection
                        .preparedQuery(FORGET_SECRETS)
                        .execute(seconds)
                        .chain(() -> connection.preparedQuery(FORGET_LEASES).execute(seconds)))
                .await()
                .atMost(PATIENCE);
    }

    private Uni<List<Key>> unfinished() {
        return tenants.with(Caller.ALL_ORGANIZATIONS, connection -> connection
                .preparedQuery(UNFINISHED)
                .execute(Tuple.of(AT_ONCE))
                .map(rows -> {
                    var keys = new ArrayList<Key>();
                    rows.forEach(row -> keys.add(ExportLeases.key(row)));
                    return keys;
                }));
    }

    private void remove(Lease lease) {
        try (var held = new HeldLease(leases, lease)) {
            var left = held.unfinished();
            if (left != null) {
                destinations.remove(lease.key(), left);
                held.left(null);
                removed.increment();
            }
        } catch (HeldLease.Lost e) {
            LOG.debugf("what export %s left is removed elsewhere", lease.key().exportId());
            return;
        } catch (IOException | RuntimeException e) {
            failed(lease, e);
            return;
        }
        leases.hold(lease, 0).await().atMost(PATIENCE);
    }

    private void failed(Lease lease, Exception failure) {
        var last = lease.epoch() >= TRIES;
        LOG.warnf("what export %s left is not removed%s: %s", lease.key().exportId(), last ? "" : " yet", failure);
        (last ? givenUp : retried).increment();
        if (last) {
            leases.note(lease, null).await().atMost(PATIENCE);
        }
        leases.rest(lease, PAUSE_SECONDS, String.valueOf(failure.getMessage()))
                .await()
                .atMost(PATIENCE);
    }
}
