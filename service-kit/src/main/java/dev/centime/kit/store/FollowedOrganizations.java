package dev.centime.kit.store;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.centime.contracts.Contracts;
import dev.centime.contracts.Organization;
import dev.centime.contracts.OrganizationChanged;
import dev.centime.contracts.OrganizationCreated;
import dev.centime.contracts.StoredAs;
import dev.centime.eventstore.log.Event;
import dev.centime.eventstore.log.EventLog;
import dev.centime.eventstore.log.EventTypes;
import dev.centime.eventstore.log.WakeUps;
import dev.centime.eventstore.projection.Follower;
import dev.centime.kit.Organizations;
import io.micrometer.core.instrument.MeterRegistry;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Follows the platform's partition for what became of the organizations. */
@ApplicationScoped
public class FollowedOrganizations implements Organizations, Follower.Listener {
    private static final Set<Class<?>> READS = Set.of(OrganizationCreated.class, OrganizationChanged.class);

    private final Map<String, Organization> byId = new ConcurrentHashMap<>();
    private final Follower follower;

    FollowedOrganizations(EventLog log, WakeUps wakeUps, MeterRegistry metrics) {
        this.follower = Follower.of("organizations", log, types(Contracts.mapper()), READS, this)
                .partitions(Set.of(EventLog.PLATFORM_PARTITION))
                .wakeUps(wakeUps)
                .metrics(metrics)
                .build();
    }

    private static EventTypes types(ObjectMapper mapper) {
        var types = EventTypes.with(mapper);
        for (var event : READS) {
            var stored = event.getAnnotation(StoredAs.class);
            types.add(event, stored.name(), stored.version());
        }
        return types.build();
    }

    /** Completes when all that the log holds now is known, and goes on following. */
    Uni<Void> follow() {
        return follower.start().caughtUp();
    }

    void stop() {
        follower.end();
    }

    @Override
    public Map<Integer, Long> begin() {
        byId.clear();
        return Map.of();
    }

    @Override
    public void events(int partition, List<Event> page) {
        for (var event : page) {
            var organization =
                    switch (event.payload()) {
                        case OrganizationCreated created -> created.organization();
                        case OrganizationChanged changed -> changed.organization();
                        default -> throw new IllegalStateException("not asked for: " + event.payload());
                    };
            byId.put(organization.id(), organization);
        }
    }

    @Override
    public Optional<Organization> find(String id) {
        return Optional.ofNullable(byId.get(id));
    }

    @Override
    public Map<String, Organization> all() {
        return Map.copyOf(byId);
    }
}
