package dev.centime.budget;

import static dev.centime.kit.testing.ForgedCursors.Listed.own;

import dev.centime.kit.testing.ForgedCursors;
import dev.centime.kit.testing.ServiceDatabase;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import org.junit.jupiter.api.Test;

/** Every list of this service that goes by pages. */
@QuarkusTest
@QuarkusTestResource(ServiceDatabase.class)
class CursorsIT {
    private static final String AT = "2026-11-22T00:00:00Z";

    @Inject
    Tenants tenants;

    @Test
    void areRefusedWhereTheyAreNotFrom() {
        new Door(tenants.in("UTC")).create("annual", "5", "");
        var tenant = tenants.in("UTC");
        var door = new Door(tenant);
        ForgedCursors.areRefused(
                tenant.id(),
                door::admin,
                own("/api/v1/budgets?budget_type=annual", AT, "b"),
                own("/api/v1/budgets?sort=-name", "Team", "b"),
                own("/api/v1/budgets?sort=total_limit", "5.00", "b"),
                own("/api/v1/alerts?severity=warning", AT, "a"),
                own("/api/v1/webhooks/deliveries", AT, "d"));
    }

    @Test
    void areRefusedWhereTheyAreNotFrom_alsoUnderABudget() {
        var tenant = tenants.in("UTC");
        var door = new Door(tenant);
        var budget = door.create("annual", "5", "").<String>path("id");
        var other = door.create("annual", "6", "").<String>path("id");
        ForgedCursors.areRefused(
                tenant.id(),
                door::admin,
                own("/api/v1/budgets/" + budget + "/increase-requests", "r"),
                own("/api/v1/budgets/" + other + "/increase-requests", "r"));
    }
}
