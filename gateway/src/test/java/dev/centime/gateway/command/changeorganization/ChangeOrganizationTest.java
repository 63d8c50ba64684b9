package dev.centime.gateway.command.changeorganization;

import dev.centime.contracts.Organization;
import dev.centime.contracts.OrganizationChanged;
import dev.centime.contracts.OrganizationCreated;
import dev.centime.gateway.AccessRefusal;
import dev.centime.gateway.Slices;
import java.util.Optional;
import org.axonframework.test.fixture.AxonTestFixture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ChangeOrganizationTest {
    private static final Organization BEFORE = Organization.named("a", "Before");

    private final AxonTestFixture gateway = Slices.fixture();

    @AfterEach
    void stop() {
        gateway.stop();
    }

    private static ChangeOrganization rename(String name, Optional<Long> seen) {
        return new ChangeOrganization(
                "a",
                seen,
                Optional.of(name),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    @Test
    void changesWhatIsNamed_andLeavesTheRest() {
        gateway.given()
                .event(new OrganizationCreated(BEFORE))
                .when()
                .command(rename("After", Optional.of(1L)))
                .then()
                .events(new OrganizationChanged(Organization.named("a", "After")));
    }

    @Test
    void refuses_whenSomebodyElseWasFaster() {
        gateway.given()
                .event(new OrganizationCreated(BEFORE))
                .event(new OrganizationChanged(Organization.named("a", "Between")))
                .when()
                .command(rename("After", Optional.of(1L)))
                .then()
                .exception(AccessRefusal.Stale.class)
                .noEvents();
    }

    @Test
    void recordsNothing_whenNothingChanges() {
        gateway.given()
                .event(new OrganizationCreated(BEFORE))
                .when()
                .command(rename("Before", Optional.empty()))
                .then()
                .success()
                .noEvents();
    }

    @Test
    void refuses_whenThereIsNoSuchOrganization() {
        gateway.given()
                .noPriorActivity()
                .when()
                .command(rename("After", Optional.empty()))
                .then()
                .exception(AccessRefusal.NotThere.class)
                .noEvents();
    }
}
