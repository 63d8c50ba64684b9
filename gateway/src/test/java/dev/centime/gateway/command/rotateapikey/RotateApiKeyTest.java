package dev.centime.gateway.command.rotateapikey;

import dev.centime.gateway.AccessRefusal;
import dev.centime.gateway.Slices;
import dev.centime.gateway.command.createapikey.CreateApiKey;
import dev.centime.gateway.command.revokeapikey.RevokeApiKey;
import dev.centime.gateway.event.ApiKeyCreated;
import dev.centime.gateway.event.ApiKeyRevoked;
import dev.centime.gateway.event.ApiKeyRotated;
import dev.centime.kit.Role;
import org.axonframework.test.fixture.AxonTestFixture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RotateApiKeyTest {
    private static final ApiKeyCreated CREATED =
            new ApiKeyCreated("k", "default", Role.INGEST, null, "name", "hash", null);

    private final AxonTestFixture gateway = Slices.fixture();

    @AfterEach
    void stop() {
        gateway.stop();
    }

    @Test
    void makesAKeyOnce() {
        var create = new CreateApiKey("k", "default", Role.INGEST, null, "name", "hash", null);
        gateway.given().noPriorActivity().when().command(create).then().events(CREATED);
    }

    @Test
    void refusesToMakeOneThatIsThere() {
        var create = new CreateApiKey("k", "default", Role.INGEST, null, "name", "another", null);
        gateway.given()
                .event(CREATED)
                .when()
                .command(create)
                .then()
                .exception(AccessRefusal.AlreadyThere.class)
                .noEvents();
    }

    @Test
    void givesAKeyAnotherSecret() {
        gateway.given()
                .event(CREATED)
                .when()
                .command(new RotateApiKey("k", "new"))
                .then()
                .events(new ApiKeyRotated("k", "new", "default"));
    }

    @Test
    void neitherRotatesNorRevokesWhatWasRevoked() {
        gateway.given()
                .event(CREATED)
                .event(new ApiKeyRevoked("k", "default"))
                .when()
                .command(new RotateApiKey("k", "new"))
                .then()
                .exception(AccessRefusal.NotThere.class)
                .noEvents();
        gateway.given()
                .event(CREATED)
                .event(new ApiKeyRevoked("k", "default"))
                .when()
                .command(new RevokeApiKey("k"))
                .then()
                .exception(AccessRefusal.NotThere.class)
                .noEvents();
    }
}
