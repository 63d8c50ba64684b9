package dev.centime.system;

import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A recorded call is heard of by whoever listens. */
@ExtendWith(DemoInstance.class)
class LiveIT {
    @Test
    void spendIsToldAsItHappens(Instance centime) throws Exception {
        try (var live = LiveLine.open(centime.api())) {
            var began = System.nanoTime();
            await().atMost(Duration.ofSeconds(60))
                    .pollInterval(Duration.ofMillis(500))
                    .until(() -> {
                        // Each try is a new call: the first may have come before the stream was open at the other end.
                        centime.api()
                                .post(
                                        "/api/v1/usage",
                                        "{\"id\":\"%s\",\"model\":\"gpt-4.1\",\"provider\":\"openai\",\"input_tokens\":1000,\"project\":\"live\"}"
                                                .formatted(UUID.randomUUID()))
                                .ok();
                        return live.heard("spend");
                    });
            System.out.printf("live: spend heard of %.1f s after the first call%n", (System.nanoTime() - began) / 1e9);
        }
    }
}
