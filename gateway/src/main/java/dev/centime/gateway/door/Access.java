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
import io.micrometer.core.instrument.MeterRegistry;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

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

    private static final Duration LOOK_AGAIN = Duration.ofMillis(5);
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final Clock clock;
    private final Follower follower;
    private volatile AccessIndex index = new AccessIndex();
    private volatile long applied;

    Access(EventLog log, EventTypes types, WakeUps wakeUps, MeterRegistry metrics, Clock clock) {
        this.clock = clock;
        this.follower = Follower.of("access", log, types, READS, new Listener())
                .partitions(Set.of(EventLog.PLATFORM_PARTITION))
                .wakeUps(wakeUps)
                .metrics(metrics)
                .build();
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

    /** The key that a secret opens. @throws Problem 503 when what is held may be old */
    Optional<ApiKey> bySecret(String secret) {
        return fresh().byHash(Secret.hash(secret), clock.instant());
    }

    /** The key behind a session. @throws Problem 503 when what is held may be old */
    Optional<ApiKey> bySession(String secret) {
        return fresh().bySession(Secret.hash(secret), clock.instant());
    }

    public Optional<ApiKey> byId(String id) {
        return fresh().byId(id);
    }

    /** All keys that are not revoked, in no order. */
    public Collection<ApiKey> keys() {
        return fresh().keys();
    }

    public Optional<Tenant> organization(String id) {
        return fresh().organization(id);
    }

    /** All organizations, in no order. */
    public Collection<Tenant> organizations() {
        return fresh().organizations();
    }

    private AccessIndex fresh() {
        if (follower.sinceLastMoved().compareTo(OLDEST) > 0) {
            throw Problem.unavailable("who may come in is not known for certain just now", 1);
        }
        return index;
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
                .after(PATIENCE)
                .failWith(() -> Problem.unavailable("it is recorded, but does not count at this replica yet", 1));
    }
}
