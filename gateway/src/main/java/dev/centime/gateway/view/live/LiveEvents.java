package dev.centime.gateway.view.live;

import dev.centime.contracts.AlertRaised;
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

/** Follows the log from now on and tells whoever watches. What happened before is what reads are for. */
@ApplicationScoped
public class LiveEvents implements Begins {
    private static final Set<Class<?>> READS =
            Set.of(UsageRecorded.class, UsageRepriced.class, UsageCorrected.class, AlertRaised.class);
    private static final int MAX_WATCHERS = 2_000;
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final EventLog log;
    private final Follower follower;
    private final Set<Watcher> watchers = ConcurrentHashMap.newKeySet();

    LiveEvents(EventLog log, EventTypes types, WakeUps wakeUps, MeterRegistry metrics) {
        this.log = log;
        this.follower = Follower.of("live", log, types, READS, new FromNow())
                .wakeUps(wakeUps)
                .metrics(metrics)
                .build();
        metrics.gaugeCollectionSize("centime.gateway.live.connections", List.of(), watchers);
    }

    @Override
    public Uni<Void> begin() {
        follower.start();
        return Uni.createFrom().voidItem();
    }

    @Override
    public void end() {
        follower.close();
    }

    /** @throws Problem 503 when as many watch as this replica holds */
    void add(Watcher watcher) {
        if (watchers.size() >= MAX_WATCHERS) {
            throw Problem.unavailable("too many live connections are open at this replica", 30);
        }
        watchers.add(watcher);
    }

    void remove(Watcher watcher) {
        watchers.remove(watcher);
    }

    private final class FromNow implements Follower.Listener {
        @Override
        public Map<Integer, Long> begin() {
            return log.heads().await().atMost(PATIENCE);
        }

        @Override
        public void events(int partition, List<Event> page) {
            if (watchers.isEmpty()) {
                return;
            }
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
                        0);
            case AlertRaised alert -> watcher.alert(alert);
            default -> throw new IllegalStateException("not asked for: " + payload);
        }
    }
}
