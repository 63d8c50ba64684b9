package dev.centime.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A recorded call is heard of by whoever listens. */
@ExtendWith(DemoInstance.class)
class LiveIT {
    @Test
    void spendIsToldAsItHappens(Instance centime) {
        List<String> heard = new CopyOnWriteArrayList<>();
        var request = HttpRequest.newBuilder(URI.create(centime.api().address() + "/api/v1/live"))
                .header("Authorization", "Bearer " + centime.api().key())
                .header("Accept", "text/event-stream")
                .build();
        var listening = centime.api().http().sendAsync(request, BodyHandlers.ofLines());
        try {
            var stream = listening.get(30, java.util.concurrent.TimeUnit.SECONDS);
            assertThat(stream.statusCode()).isEqualTo(200);
            Thread.ofVirtual().start(() -> stream.body().forEach(heard::add));

            var began = System.nanoTime();
            await().atMost(Duration.ofSeconds(20))
                    .pollInterval(Duration.ofMillis(500))
                    .until(() -> {
                        // Each try is a new call: the first may have come before the stream was open at the other end.
                        centime.api()
                                .post(
                                        "/api/v1/usage",
                                        "{\"id\":\"%s\",\"model\":\"gpt-4.1\",\"provider\":\"openai\",\"input_tokens\":1000,\"project\":\"live\"}"
                                                .formatted(UUID.randomUUID()))
                                .ok();
                        return heard.stream()
                                .anyMatch(line -> line.replace(" ", "").equals("event:spend"));
                    });
            System.out.printf("live: spend heard of %.1f s after the first call%n", (System.nanoTime() - began) / 1e9);
        } catch (Exception e) {
            throw new AssertionError(e);
        } finally {
            listening.cancel(true);
        }
    }
}
