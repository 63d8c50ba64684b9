package dev.centime.kit.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.centime.eventstore.log.LogUnavailable;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class LifecycleTest {
    @Test
    void whatCannotBeginNowBeginsLater() {
        var asked = new AtomicInteger();

        Lifecycle.untilItBegins(() -> asked.incrementAndGet() < 3
                        ? Uni.createFrom().failure(new LogUnavailable("the database restarts", null))
                        : Uni.createFrom().voidItem())
                .await()
                .atMost(Duration.ofSeconds(60));

        assertThat(asked).hasValue(3);
    }
}
