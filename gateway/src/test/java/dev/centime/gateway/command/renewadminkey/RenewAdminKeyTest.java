package dev.centime.gateway.command.renewadminkey;

import dev.centime.gateway.Slices;
import dev.centime.gateway.event.ApiKeyCreated;
import dev.centime.gateway.event.ApiKeyRevoked;
import dev.centime.gateway.event.ApiKeyRotated;
import dev.centime.kit.Role;
import org.axonframework.test.fixture.AxonTestFixture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RenewAdminKeyTest {
    private static final String ID = "platform-admin";

    private final AxonTestFixture gateway = Slices.fixture();

    @AfterEach
    void stop() {
        gateway.stop();
    }

    private static ApiKeyCreated created(String hash) {
        return new ApiKeyCreated(ID, "default", Role.PLATFORM_ADMIN, null, "Platform admin", hash, null);
    }

    private static RenewAdminKey renew(String hash) {
        return new RenewAdminKey(ID, "default", hash);
    }

    @Test
    void makesTheFirst() {
        gateway.given()
                .noPriorActivity()
                .when()
                .command(renew("a"))
                .then()
                .success()
                .events(created("a"));
    }

    @Test
    void doesNothing_whenItIsTheSameAgain() {
        gateway.given()
                .event(created("a"))
                .when()
                .command(renew("a"))
                .then()
                .success()
                .noEvents();
    }

    @Test
    void putsAnotherInItsPlace() {
        gateway.given()
                .event(created("a"))
                .when()
                .command(renew("b"))
                .then()
                .events(new ApiKeyRotated(ID, "b", "default"));
    }

    @Test
    void leavesOneThatWasReplacedOrRevokedAsItIs() {
        gateway.given()
                .event(created("a"))
                .event(new ApiKeyRotated(ID, "b", "default"))
                .when()
                .command(renew("a"))
                .then()
                .success()
                .noEvents();
    }

    @Test
    void makesAnother_afterTheLastWasRevoked() {
        gateway.given()
                .event(created("a"))
                .event(new ApiKeyRevoked(ID, "default"))
                .when()
                .command(renew("b"))
                .then()
                .events(created("b"));
    }
}
