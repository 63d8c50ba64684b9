package dev.centime.kit.testing;

import io.smallrye.mutiny.Uni;
import java.time.Duration;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * For tests of many threads without Quarkus: Mutiny is set up by whoever uses it first, which many at once cannot be. A service has
 * done so long before anybody calls it.
 */
public final class MutinyIsSetUp implements BeforeAllCallback {
    @Override
    public void beforeAll(ExtensionContext context) {
        Uni.createFrom().voidItem().map(done -> done).await().atMost(Duration.ofMinutes(1));
    }
}
