package dev.centime.ingest.reaction.efficiency;

import dev.centime.ingest.reaction.efficiency.EfficiencyChecks.Taken;
import dev.centime.kit.Begins;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/**
 * Looks at the efficiency of organizations that have new calls, one after another. A thread of its own and no timer of the log: a look
 * reads a month's calls, and views would wait for it.
 */
@ApplicationScoped
public class EfficiencyWatch implements Begins {
    private static final Logger LOG = Logger.getLogger(EfficiencyWatch.class);
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final Duration LONGEST_CHECK = Duration.ofMinutes(2);
    private static final int POLLS_A_PAUSE = 10;
    private static final int AT_ONCE = 20;

    private final EfficiencyChecks checks;
    private final CheckEfficiency check;
    private final EfficiencyMetrics metrics;
    private final Duration pause;
    private final ScheduledExecutorService looking = Executors.newSingleThreadScheduledExecutor(
            task -> Thread.ofPlatform().daemon().name("efficiency").unstarted(task));
    private volatile boolean ending;

    EfficiencyWatch(
            EfficiencyChecks checks, CheckEfficiency check, EfficiencyMetrics metrics, EfficiencySettings settings) {
        this.checks = checks;
        this.check = check;
        this.metrics = metrics;
        this.pause = settings.checkEvery();
    }

    @Override
    public Uni<Void> begin() {
        var poll = Math.max(1, pause.dividedBy(POLLS_A_PAUSE).toMillis());
        looking.scheduleWithFixedDelay(this::look, poll, poll, TimeUnit.MILLISECONDS);
        return Uni.createFrom().voidItem();
    }

    @Override
    public void end() {
        ending = true;
        looking.shutdownNow();
    }

    /** Until nothing is due. */
    private void look() {
        try {
            var taken = List.<Taken>of();
            do {
                taken = checks.take(pause, AT_ONCE).await().atMost(PATIENCE);
                taken.forEach(this::check);
            } while (!taken.isEmpty() && !ending);
        } catch (RuntimeException | Error e) {
            // Whatever is thrown from here ends all looks to come.
            if (!ending) {
                LOG.debugf("what efficiency to look at cannot be found now: %s", e);
            }
        }
    }

    /** One that fails is due again after the pause. */
    private void check(Taken taken) {
        try {
            check.of(taken).chain(() -> checks.end(taken)).await().atMost(LONGEST_CHECK);
            metrics.checked();
        } catch (RuntimeException | StackOverflowError | LinkageError e) {
            if (!ending) {
                metrics.failed();
                LOG.warnf("the efficiency of %s is not known: %s", taken.organization(), e);
            }
        }
    }
}
