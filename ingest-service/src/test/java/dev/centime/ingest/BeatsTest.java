package dev.centime.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.operators.multi.processors.BroadcastProcessor;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Time goes by ticks that the test makes. */
class BeatsTest {
    private static final Duration SOON = Duration.ofMillis(20);
    private static final int QUIET = 100;

    private final BroadcastProcessor<Boolean> ticks = BroadcastProcessor.create();
    private final AtomicInteger made = new AtomicInteger();

    @Test
    void followSoonAfterOneThatFailed_orNeverEnded_andRarelyAfterOneThatArrived() {
        var beats = new Beats(SOON, QUIET).begin(ticks, () -> switch (made.incrementAndGet()) {
            case 1 -> Uni.createFrom().failure(new IllegalStateException("away"));
            case 2 -> Uni.createFrom().nothing();
            default -> Uni.createFrom().item(true);
        });

        tick(QUIET);
        assertThat(made)
                .as("as long after the beginning as after one that arrived")
                .hasValue(0);
        tick(1);
        assertThat(made).hasValue(1);
        tick(1);
        assertThat(made).as("at once after one that failed").hasValue(2);
        await().atMost(Duration.ofSeconds(60)).until(() -> {
            tick(1);
            return made.get() == 3;
        });
        // One tick may have come since that one arrived.
        tick(QUIET - 2);
        assertThat(made).hasValue(3);
        tick(2);
        assertThat(made).hasValue(4);
        beats.cancel();
        tick(2 * QUIET);
        assertThat(made).hasValue(4);
    }

    private void tick(int times) {
        for (int i = 0; i < times; i++) {
            ticks.onNext(true);
        }
    }
}
