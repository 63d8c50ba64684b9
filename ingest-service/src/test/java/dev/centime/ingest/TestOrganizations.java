package dev.centime.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.centime.contracts.Contracts;
import dev.centime.contracts.Organization;
import dev.centime.contracts.OrganizationChanged;
import dev.centime.contracts.OrganizationCreated;
import dev.centime.eventstore.log.EventLog;
import dev.centime.eventstore.log.EventTypes;
import dev.centime.eventstore.log.Position;
import dev.centime.eventstore.projection.Projections;
import dev.centime.kit.Organizations;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.MonthDay;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** Tenants for tests, made as the gateway makes them. They keep their calls: no test ends otherwise when it runs at night. */
@ApplicationScoped
public class TestOrganizations {
    public static final int KEPT_DAYS = 36_500;
    private static final Duration SOON = Duration.ofSeconds(60);

    private final EventLog log;
    private final EventTypes types;
    private final Organizations organizations;
    private final Projections projections;

    TestOrganizations(EventLog log, EventTypes types, Organizations organizations, Projections projections) {
        this.log = log;
        this.types = types;
        this.organizations = organizations;
        this.projections = projections;
    }

    /** A new organization in a zone. @return its id, unlike any other */
    public String create(String zone) {
        return create(zone, true);
    }

    public String create(String zone, boolean individualDetail) {
        var id = "org-" + UUID.randomUUID().toString().substring(0, 8);
        put(new Organization(
                id, id, ZoneId.of(zone), DayOfWeek.MONDAY, MonthDay.of(1, 1), individualDetail, KEPT_DAYS));
        return id;
    }

    public void put(Organization organization) {
        append(new OrganizationCreated(organization));
        await().atMost(SOON).until(() -> organizations.find(organization.id()).isPresent());
    }

    /** Its settings are now these. */
    public void change(Organization organization) {
        append(new OrganizationChanged(organization));
        await().atMost(SOON).until(() -> organizations.find(organization.id()).equals(Optional.of(organization)));
    }

    /** Returns when every view holds what the log holds of an organization: what one of them shows, the others show too. */
    public void settle(String organization) {
        var partition = log.partitionOf(organization).await().atMost(SOON);
        var head = log.head(partition).await().atMost(SOON);
        var position = new Position(log.timeline().await().atMost(SOON), partition, head);
        for (var view : projections.names()) {
            assertThat(projections.await(view, position, SOON).await().indefinitely())
                    .as(view)
                    .isTrue();
        }
    }

    private void append(Object told) {
        var event = types.encode(UUID.randomUUID().toString(), Instant.now(), told, Map.of(), Set.of());
        // The log may not be reachable yet when a test begins with the service.
        await().atMost(SOON).ignoreExceptions().untilAsserted(() -> log.append(Contracts.PLATFORM, List.of(event))
                .await()
                .atMost(SOON));
    }
}
