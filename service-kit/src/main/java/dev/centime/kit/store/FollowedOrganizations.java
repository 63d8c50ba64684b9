package dev.centime.kit.store;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.centime.contracts.Contracts;
import dev.centime.contracts.Organization;
import dev.centime.contracts.OrganizationChanged;
import dev.centime.contracts.OrganizationCreated;
import dev.centime.contracts.StoredAs;
import dev.centime.eventstore.log.EventLog;
import dev.centime.eventstore.log.EventTypes;
import dev.centime.eventstore.log.StoredEvent;
import dev.centime.kit.Organizations;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.Cancellable;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** Follows the platform's partition for what became of the organizations. */
@ApplicationScoped
public class FollowedOrganizations implements Organizations {
    private static final int PAGE = 1000;
    private static final Duration POLL = Duration.ofMillis(250);

    private final EventLog log;
    private final EventTypes types = types(Contracts.mapper());
    private final Set<String> wanted = types.namesOf(Set.of(OrganizationCreated.class, OrganizationChanged.class));
    private final Map<String, Organization> byId = new ConcurrentHashMap<>();
    private final AtomicLong offset = new AtomicLong();
    private @Nullable Cancellable following;

    FollowedOrganizations(EventLog log) {
        this.log = log;
    }

    private static EventTypes types(ObjectMapper mapper) {
        var types = EventTypes.with(mapper);
        for (var event : List.of(OrganizationCreated.class, OrganizationChanged.class)) {
            var stored = event.getAnnotation(StoredAs.class);
            types.add(event, stored.name(), stored.version());
        }
        return types.build();
    }

    /** Completes when all that the log holds now is known, and goes on following. */
    Uni<Void> begin() {
        return catchUp()
                .invoke(() -> following = Multi.createFrom()
                        .ticks()
                        .every(POLL)
                        .onOverflow()
                        .drop()
                        .onItem()
                        .transformToUniAndConcatenate(
                                tick -> catchUp().onFailure().recoverWithNull())
                        .subscribe()
                        .with(done -> {}));
    }

    void end() {
        if (following != null) {
            following.cancel();
        }
    }

    private Uni<Void> catchUp() {
        var after = offset.get();
        return log.read(EventLog.PLATFORM_PARTITION, after, PAGE, wanted).chain(page -> {
            page.events().forEach(this::apply);
            offset.set(page.upTo());
            return page.upTo() > after ? catchUp() : Uni.createFrom().voidItem();
        });
    }

    private void apply(StoredEvent event) {
        types.decode(event).ifPresent(payload -> {
            var organization =
                    switch (payload) {
                        case OrganizationCreated created -> created.organization();
                        case OrganizationChanged changed -> changed.organization();
                        default -> throw new IllegalStateException("not asked for: " + payload);
                    };
            byId.put(organization.id(), organization);
        });
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
