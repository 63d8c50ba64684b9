package dev.centime.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

class BeatsTest {
    private static final Duration SOON = Duration.ofMillis(20);
    private static final int QUIET = 100;

    @Test
    void followSoonAfterOneThatFailed_orNeverEnded_andRarelyAfterOneThatArrived() {
        List<Long> made = new CopyOnWriteArrayList<>();
        var beats = new Beats(SOON, QUIET).begin(() -> {
            made.add(System.nanoTime());
            return switch (made.size()) {
                case 1 -> Uni.createFrom().failure(new IllegalStateException("away"));
                case 2 -> Uni.createFrom().nothing();
                default -> Uni.createFrom().item(true);
            };
        });
        try {
            await().atMost(Duration.ofSeconds(60)).until(() -> made.size() >= 4);
        } finally {
            beats.cancel();
        }
        var rarely = SOON.multipliedBy(QUIET).toNanos();
        assertThat(made.get(1) - made.get(0)).isLessThan(rarely);
        assertThat(made.get(2) - made.get(1)).isLessThan(rarely);
        // Timers may be late, and catch up by less than half.
        assertThat(made.get(3) - made.get(2)).isGreaterThan(rarely / 2);
    }
}
