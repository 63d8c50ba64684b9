package dev.centime.gateway.view.live;

import dev.centime.contracts.AlertRaised;
import dev.centime.contracts.ImportProgressed;
import dev.centime.contracts.UsageCorrected;
import dev.centime.contracts.UsageRecorded;
import dev.centime.contracts.UsageRepriced;
import dev.centime.eventstore.log.Event;
import dev.centime.eventstore.log.EventLog;
import dev.centime.eventstore.log.EventTypes;
import dev.centime.eventstore.log.WakeUps;
import dev.centime.eventstore.projection.Follower;
import dev.centime.kit.Begins;
import dev.centime.kit.Problem;
import io.micrometer.core.instrument.MeterRegistry;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jspecify.annotations.Nullable;

/**
 * Follows the log from now on and tells whoever watches; while nobody does it reads nothing. What happened before is what reads are
 * for.
 */
@ApplicationScoped
public class LiveEvents implements Begins {
    private static final Set<Class<?>> READS = Set.of(
            UsageRecorded.class, UsageRepriced.class, UsageCorrected.class, ImportProgressed.class, AlertRaised.class);
    private static final int MAX_WATCHERS = 2_000;

    private final EventLog log;
    private final Duration patience;
    private final Follower.Builder follows;
    private final Set<Watcher> watchers = ConcurrentHashMap.newKeySet();
    private @Nullable Follower following;

    /** @param patience with the log, for whoever begins to watch */
    LiveEvents(
            EventLog log,
            EventTypes types,
            WakeUps wakeUps,
            MeterRegistry metrics,
            @ConfigProperty(name = "centime.at-least.patience") Duration patience) {
        this.log = log;
        this.patience = patience;
        this.follows = Follower.of("live", log, types, READS, new FromNow())
                .wakeUps(wakeUps)
                .metrics(metrics);
        metrics.gaugeCollectionSize("centime.gateway.live.connections", List.of(), watchers);
    }

    @Override
    public Uni<Void> begin() {
        return Uni.createFrom().voidItem();
    }

    @Override
    public synchronized void end() {
        watchers.clear();
        rest();
    }

    /**
     * Completes when the watcher is told of everything that is recorded from now on; while the log cannot be reached it completes
     * all the same, and what is told begins when it can.
     *
     * @throws Problem 503 when as many watch as this replica holds
     */
    synchronized Uni<Void> add(Watcher watcher) {
        if (watchers.size() >= MAX_WATCHERS) {
            throw Problem.unavailable("too many live connections are open at this replica", 30);
        }
        watchers.add(watcher);
        if (following == null) {
            following = follows.start();
        }
        return following.caughtUp().ifNoItem().after(patience).recoverWithUni(() -> Uni.createFrom()
                .voidItem());
    }

    synchronized void remove(Watcher watcher) {
        watchers.remove(watcher);
        if (watchers.isEmpty()) {
            rest();
        }
    }

    private void rest() {
        if (following != null) {
            following.close();
            following = null;
        }
    }

    private final class FromNow implements Follower.Listener {
        @Override
        public Map<Integer, Long> begin() {
            return log.heads().await().atMost(patience);
        }

        @Override
        public void events(int partition, List<Event> page) {
            for (var event : page) {
                var organization = event.stored().organization();
                for (var watcher : watchers) {
                    if (watcher.watches(organization)) {
                        tell(watcher, event.payload());
                    }
                }
            }
        }
    }

    private static void tell(Watcher watcher, Object payload) {
        switch (payload) {
            case UsageRecorded usage ->
                watcher.spend(
                        usage.attribution(),
                        usage.cost().totalOrZero(),
                        usage.quantity().requests());
            case UsageRepriced correction ->
                watcher.spend(
                        correction.attribution(),
                        correction
                                .after()
                                .totalOrZero()
                                .minus(correction.before().totalOrZero()),
                        0);
            case UsageCorrected correction ->
                watcher.spend(
                        correction.attribution(),
                        correction
                                .after()
                                .cost()
                                .totalOrZero()
                                .minus(correction.before().cost().totalOrZero()),
                        correction.requests(correction.after()) - correction.requests(correction.before()));
            case ImportProgressed progress -> watcher.imported(progress);
            case AlertRaised alert -> watcher.alert(alert);
            default -> throw new IllegalStateException("not asked for: " + payload);
        }
    }
}
