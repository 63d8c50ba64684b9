package dev.centime.gateway.door;

import dev.centime.contracts.OrganizationChanged;
import dev.centime.contracts.OrganizationCreated;
import dev.centime.eventstore.log.Event;
import dev.centime.eventstore.log.EventLog;
import dev.centime.eventstore.log.EventTypes;
import dev.centime.eventstore.log.Position;
import dev.centime.eventstore.log.WakeUps;
import dev.centime.eventstore.projection.Follower;
import dev.centime.gateway.event.ApiKeyCreated;
import dev.centime.gateway.event.ApiKeyRevoked;
import dev.centime.gateway.event.ApiKeyRotated;
import dev.centime.gateway.event.SessionClosed;
import dev.centime.gateway.event.SessionOpened;
import dev.centime.kit.Problem;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jspecify.annotations.Nullable;

/** Who may come in, kept in memory from the log. A replica that may be cut off from the log lets nobody in. */
@ApplicationScoped
public class Access {
    private static final Set<Class<?>> READS = Set.of(
            OrganizationCreated.class,
            OrganizationChanged.class,
            ApiKeyCreated.class,
            ApiKeyRotated.class,
            ApiKeyRevoked.class,
            SessionOpened.class,
            SessionClosed.class);

    /** A key revoked at another replica opens nothing here after this, whatever happens. */
    private static final Duration OLDEST = Duration.ofSeconds(2);

    /** What a request reads that was let in by what was new: it may have been on its way since. */
    private static final Duration OLDEST_ONCE_IN = Duration.ofMinutes(1);

    private static final Duration LOOK_AGAIN = Duration.ofMillis(5);

    private final Clock clock;
    private final Duration patience;
    private final Follower follower;
    private final Counter waits;
    private final AtomicReference<@Nullable Uni<Void>> looking = new AtomicReference<>();
    private volatile AccessIndex index = new AccessIndex();
    private volatile long applied;

    /** @param patience how long somebody waits at the door for the log, or after a write for what he wrote */
    Access(
            EventLog log,
            EventTypes types,
            WakeUps wakeUps,
            MeterRegistry metrics,
            Clock clock,
            @ConfigProperty(name = "centime.at-least.patience") Duration patience) {
        this.clock = clock;
        this.patience = patience;
        this.follower = Follower.of("access", log, types, READS, new Listener())
                .partitions(Set.of(EventLog.PLATFORM_PARTITION))
                .wakeUps(wakeUps)
                .metrics(metrics)
                .build();
        this.waits = Counter.builder("centime.gateway.access.waits")
                .description("Requests that waited at the door because the log had not been looked at for too long")
                .register(metrics);
    }

    /** Completes when all that the log holds now is known, and goes on following. */
    public Uni<Void> follow() {
        return follower.start().caughtUp();
    }

    public void stop() {
        follower.end();
    }

    private final class Listener implements Follower.Listener {
        @Override
        public Map<Integer, Long> begin() {
            index = new AccessIndex();
            applied = 0;
            return Map.of();
        }

        @Override
        public void events(int partition, List<Event> page) {
            for (var event : page) {
                index.apply(event.payload(), event.stored().recordedAt());
                applied = event.stored().offset();
            }
        }
    }

    /**
     * Who may come in now: at once as a rule, and after a moment in which the log could not be looked at once it can be again.
     *
     * @throws Problem (as a failure) 503 when it cannot be for longer than somebody may be kept waiting
     */
    Uni<AccessIndex> known() {
        var held = index;
        if (isNewerThan(OLDEST)) {
            return Uni.createFrom().item(held);
        }
        waits.increment();
        return looked().ifNoItem().after(patience).fail().onFailure().transform(failure -> uncertain());
    }

    /** A look that took long may be old itself when it ends. */
    private Uni<AccessIndex> looked() {
        var look = Objects.requireNonNull(looking.updateAndGet(before -> before == null ? look() : before));
        return look.emitOn(Infrastructure.getDefaultExecutor()).chain(() -> {
            var held = index;
            return isNewerThan(OLDEST) ? Uni.createFrom().item(held) : looked();
        });
    }

    /** However many wait, they wait for one look. */
    private Uni<Void> look() {
        return Uni.createFrom()
                .deferred(follower::look)
                .onTermination()
                .invoke(() -> looking.set(null))
                .memoize()
                .indefinitely();
    }

    /** Whether a key lets in now as it did before. @throws Problem (as a failure) as {@link #known} */
    public Uni<Boolean> stillLetsIn(ApiKey before) {
        return known().map(now -> now.byId(before.id())
                .filter(key -> key.hash().equals(before.hash()) && key.letsIn(clock.instant()))
                .isPresent());
    }

    public Optional<ApiKey> byId(String id) {
        return held().byId(id);
    }

    /** All keys that are not revoked, in no order. */
    public Collection<ApiKey> keys() {
        return held().keys();
    }

    public Optional<Tenant> organization(String id) {
        return held().organization(id);
    }

    /** All organizations, in no order. */
    public Collection<Tenant> organizations() {
        return held().organizations();
    }

    private AccessIndex held() {
        var held = index;
        if (!isNewerThan(OLDEST_ONCE_IN)) {
            throw uncertain();
        }
        return held;
    }

    private boolean isNewerThan(Duration age) {
        return follower.sinceLastMoved().compareTo(age) <= 0;
    }

    private static Problem uncertain() {
        return Problem.unavailable("who may come in is not known for certain just now", 1);
    }

    /** Completes when what was recorded at a position counts here: after a revocation is answered, the key opens nothing. */
    public Uni<Void> reached(Position position) {
        return Uni.createFrom()
                .item(() -> applied >= position.offset())
                .onItem()
                .delayIt()
                .by(LOOK_AGAIN)
                .repeat()
                .whilst(reached -> !reached)
                .collect()
                .last()
                .replaceWithVoid()
                .ifNoItem()
                .after(patience)
                .failWith(() -> Problem.unavailable("it is recorded, but does not count at this replica yet", 1));
    }
}
