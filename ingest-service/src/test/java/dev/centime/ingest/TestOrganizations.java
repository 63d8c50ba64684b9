package dev.centime.ingest;

import static org.awaitility.Awaitility.await;

import dev.centime.contracts.Contracts;
import dev.centime.contracts.Organization;
import dev.centime.contracts.OrganizationChanged;
import dev.centime.contracts.OrganizationCreated;
import dev.centime.eventstore.log.EventLog;
import dev.centime.eventstore.log.EventTypes;
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

/** Tenants for tests, made as the gateway makes them. */
@ApplicationScoped
public class TestOrganizations {
    private final EventLog log;
    private final EventTypes types;
    private final Organizations organizations;

    TestOrganizations(EventLog log, EventTypes types, Organizations organizations) {
        this.log = log;
        this.types = types;
        this.organizations = organizations;
    }

    /** A new organization in a zone. @return its id, unlike any other */
    public String create(String zone) {
        return create(zone, true);
    }

    public String create(String zone, boolean individualDetail) {
        var id = "org-" + UUID.randomUUID().toString().substring(0, 8);
        put(new Organization(id, id, ZoneId.of(zone), DayOfWeek.MONDAY, MonthDay.of(1, 1), individualDetail, 365));
        return id;
    }

    public void put(Organization organization) {
        append(new OrganizationCreated(organization));
        await().atMost(Duration.ofSeconds(20))
                .until(() -> organizations.find(organization.id()).isPresent());
    }

    /** Its settings are now these. */
    public void change(Organization organization) {
        append(new OrganizationChanged(organization));
        await().atMost(Duration.ofSeconds(20))
                .until(() -> organizations.find(organization.id()).equals(Optional.of(organization)));
    }

    private void append(Object told) {
        var event = types.encode(UUID.randomUUID().toString(), Instant.now(), told, Map.of(), Set.of());
        // The log may not be reachable yet when a test begins with the service.
        await().atMost(Duration.ofSeconds(20))
                .ignoreExceptions()
                .untilAsserted(() ->
                        log.append(Contracts.PLATFORM, List.of(event)).await().atMost(Duration.ofSeconds(5)));
    }
}
