package dev.centime.kit.testing;

import static io.restassured.RestAssured.given;

import io.quarkus.test.junit.callback.QuarkusTestBeforeEachCallback;
import io.quarkus.test.junit.callback.QuarkusTestMethodContext;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.eclipse.microprofile.config.ConfigProvider;

/**
 * Holds every test of a service until the service is ready, as whoever starts it does: it answers 503 before, and Quarkus' tests begin
 * when its port is open.
 */
public final class OnceItIsReady implements QuarkusTestBeforeEachCallback {
    /** Asked once: each service that is begun for tests has an object of its own. */
    private boolean ready;

    @Override
    public void beforeEach(QuarkusTestMethodContext context) {
        if (!ready) {
            var address = ConfigProvider.getConfig().getValue("test.url", String.class);
            Awaitility.await()
                    .atMost(Duration.ofMinutes(2))
                    .until(() -> given().baseUri(address).get("/q/health/ready").statusCode() == 200);
            ready = true;
        }
    }
}
