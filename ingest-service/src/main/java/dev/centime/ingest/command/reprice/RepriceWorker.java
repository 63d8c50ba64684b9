package dev.centime.ingest.command.reprice;

import dev.centime.contracts.Organization;
import dev.centime.eventstore.log.AppendRejected;
import dev.centime.ingest.Beats;
import dev.centime.ingest.CaughtUp;
import dev.centime.ingest.Prices;
import dev.centime.ingest.command.reprice.RunProgress.Held;
import dev.centime.ingest.command.reprice.RunProgress.LeaseLost;
import dev.centime.ingest.command.reprice.RunProgress.Place;
import dev.centime.kit.Begins;
import dev.centime.kit.Organizations;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Works on one run at a time, a chunk of calls after another, on a thread of its own. A replica that dies leaves its run to whoever
 * looks next; a chunk it had corrected and not written down is recognized by the ids of its corrections.
 */
@ApplicationScoped
class RepriceWorker implements Begins {
    private static final Logger LOG = Logger.getLogger(RepriceWorker.class);
    private static final Duration LOOK = Duration.ofSeconds(1);
    private static final Duration STEP = Duration.ofSeconds(60);
    private static final Duration PAUSE = Duration.ofMillis(20);
    private static final Beats BEATS = new Beats(Duration.ofMillis(500), 6);
    private static final int TRIES = 200;

    private final Runs runs;
    private final RunProgress progress;
    private final CallsOfRun calls;
    private final Repricing repricing;
    private final CaughtUp views;
    private final Prices prices;
    private final Organizations organizations;
    private final Clock clock;
    private final Semaphore somethingToDo = new Semaphore(0);
    private volatile @Nullable Thread working;

    RepriceWorker(
            Runs runs,
            RunProgress progress,
            CallsOfRun calls,
            Repricing repricing,
            CaughtUp views,
            Prices prices,
            Organizations organizations,
            Clock clock) {
        this.runs = runs;
        this.progress = progress;
        this.calls = calls;
        this.repricing = repricing;
        this.views = views;
        this.prices = prices;
        this.organizations = organizations;
        this.clock = clock;
    }

    @Override
    public Uni<Void> begin() {
        working = Thread.ofVirtual().name("reprice").start(this::work);
        return Uni.createFrom().voidItem();
    }

    @Override
    public void end() {
        var thread = working;
        working = null;
        if (thread != null) {
            thread.interrupt();
        }
    }

    /** There is a new run; without this it would be found a moment later. */
    void wake() {
        somethingToDo.release();
    }

    private void work() {
        while (!Thread.currentThread().isInterrupted()) {
            try {
                var run = progress.claim(UUID.randomUUID().toString()).await().atMost(STEP);
                if (run.isPresent()) {
                    work(run.get());
                } else if (somethingToDo.tryAcquire(LOOK.toMillis(), TimeUnit.MILLISECONDS)) {
                    somethingToDo.drainPermits();
                }
            } catch (InterruptedException e) {
                return;
            } catch (RuntimeException | Error e) {
                if (stopped(e)) {
                    return;
                }
                LOG.warnf("runs cannot be looked for: %s", e.toString());
                pause();
            }
        }
    }

    private void work(Held run) {
        // A step may take longer than the lease: two replicas would take the run from each other again and again.
        var beating = BEATS.begin(() -> progress.beat(run));
        try {
            prices.ready().chain(prices::refreshed).await().atMost(STEP);
            var remaining = about(run.order());
            if (run.callsTotal() == null) {
                progress.moved(run, run.place(), 0, count(run, remaining), java.util.Map.of())
                        .await()
                        .atMost(STEP);
            }
            for (var organization : remaining) {
                var order = organization.id().compareTo(run.place().organization());
                if (order >= 0) {
                    views.with(organization.id()).await().atMost(STEP);
                    organization(run, organization, order == 0 ? run.place() : Place.before(organization.id()));
                }
            }
            progress.ended(run, clock.instant()).await().atMost(STEP);
        } catch (LeaseLost e) {
            LOG.infof("run %s goes on elsewhere", run.id());
        } catch (RuntimeException | StackOverflowError | LinkageError e) {
            if (!stopped(e)) {
                LOG.warnf(e, "run %s was interrupted and will go on", run.id());
                progress.failed(run, String.valueOf(e.getMessage())).await().atMost(STEP);
            }
        } finally {
            beating.cancel();
        }
    }

    /** In the order in which a run goes through them. */
    private List<Organization> about(RunOrder order) {
        return organizations.all().values().stream()
                .filter(organization ->
                        order.organization() == null || order.organization().equals(organization.id()))
                .sorted(java.util.Comparator.comparing(Organization::id))
                .toList();
    }

    private long count(Held run, List<Organization> organizations) {
        var total = 0L;
        for (var organization : organizations) {
            views.with(organization.id()).await().atMost(STEP);
            total += calls.count(run.order(), organization, clock.instant())
                    .await()
                    .atMost(STEP);
        }
        return total;
    }

    private void organization(Held run, Organization organization, Place from) {
        var place = from;
        while (true) {
            var page = calls.after(run.order(), organization, place, clock.instant(), Repricing.CHUNK)
                    .await()
                    .atMost(STEP);
            if (page.eventIds().isEmpty()) {
                return;
            }
            var changed = changed(run, organization, page.eventIds()).await().atMost(STEP);
            var sums = ChangedSums.of(changed, organization, run.order().organization() == null);
            progress.moved(run, page.last(), page.eventIds().size(), null, sums)
                    .await()
                    .atMost(STEP);
            place = page.last();
        }
    }

    private Uni<List<Repricing.Changed>> changed(Held run, Organization organization, List<String> eventIds) {
        if (run.order().dryRun()) {
            return repricing.wouldChange(organization.id(), eventIds);
        }
        return Uni.createFrom()
                .deferred(() -> repricing.correctFor(
                        new Repricing.Run(
                                run.id(), run.requestedBy(), run.order().reason()),
                        organization.id(),
                        eventIds))
                // The view has yet to see the chunk before; it is read again until it has.
                .onFailure(AppendRejected.class)
                .retry()
                .withBackOff(PAUSE, PAUSE.multipliedBy(10))
                .atMost(TRIES);
    }

    private static boolean stopped(Throwable e) {
        return Thread.currentThread().isInterrupted() || e.getCause() instanceof InterruptedException;
    }

    private static void pause() {
        try {
            Thread.sleep(LOOK);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
