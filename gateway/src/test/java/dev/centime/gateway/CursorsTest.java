package dev.centime.gateway;

import static dev.centime.kit.testing.ForgedCursors.Listed.own;
import static dev.centime.kit.testing.ForgedCursors.Listed.shared;

import dev.centime.kit.testing.ForgedCursors;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import org.junit.jupiter.api.Test;

/** Every list of the gateway's own that goes by pages. */
@QuarkusTest
@QuarkusTestResource(GatewayInstance.class)
class CursorsTest {
    @Test
    void areRefusedWhereTheyAreNotFrom() {
        var organization = Callers.organization("without-cursors");
        ForgedCursors.areRefused(
                organization,
                () -> Callers.admin().header("X-Organization", organization),
                own("/api/v1/admin/api-keys", "k"),
                shared("/api/v1/admin/organizations", "o"),
                shared("/api/v1/audit", "7", "7"),
                shared("/api/v1/audit?type=budget-set", "-1", "7"));
    }
}
