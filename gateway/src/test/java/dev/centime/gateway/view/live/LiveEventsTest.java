package dev.centime.gateway.view.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.centime.contracts.Attribution;
import dev.centime.contracts.Cost;
import dev.centime.contracts.Model;
import dev.centime.contracts.Money;
import dev.centime.contracts.Tokens;
import dev.centime.contracts.UsageRecorded;
import dev.centime.eventstore.log.EventLog;
import dev.centime.eventstore.log.EventTypes;
import dev.centime.gateway.GatewayInstance;
import dev.centime.gateway.door.ApiKey;
import dev.centime.kit.Role;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(GatewayInstance.class)
class LiveEventsTest {
    private static final Duration SOON = Duration.ofSeconds(60);
    private static final String ORGANIZATION = "live-events";

    @Inject
    LiveEvents live;

    @Inject
    EventLog log;

    @Inject
    EventTypes types;

    @Inject
    MeterRegistry metrics;

    @Test
    void tellsEverythingFromThenOn_andReadsNothingWhileNobodyWatches() {
        // Who watched in another test may be leaving still.
        await().atMost(SOON)
                .until(() ->
                        metrics.get("centime.gateway.live.connections").gauge().value() == 0);
        var before = read();
        var first = watcher();
        live.add(first).await().atMost(SOON);
        record("0.25");
        assertThat(spend(first)).isEqualTo(Money.of("0.25"));
        live.remove(first);

        record("4");
        var second = watcher();
        live.add(second).await().atMost(SOON);
        record("0.5");

        assertThat(spend(second)).isEqualTo(Money.of("0.5"));
        await().atMost(SOON).until(() -> read() >= before + 2);
        assertThat(read()).isEqualTo(before + 2);
        live.remove(second);
    }

    private static Watcher watcher() {
        var key = new ApiKey("a", ORGANIZATION, Role.ORG_ADMIN, null, "a watcher's", "hash", null, Instant.EPOCH);
        return new Watcher(key, ORGANIZATION, () -> false);
    }

    private static Money spend(Watcher watcher) {
        var told = new AtomicReference<SpendTick>();
        await().atMost(SOON).until(() -> {
            watcher.takeSpend(Instant.now()).ifPresent(told::set);
            return told.get() != null;
        });
        return told.get().totalCost();
    }

    private double read() {
        return metrics.counter("centime.follower.events", "follower", "live").count();
    }

    private void record(String cost) {
        var usage = new UsageRecorded(
                "r",
                Instant.now(),
                new Model("openai", "gpt-4.1", null, null),
                Attribution.NONE,
                Tokens.of(1, 0),
                new UsageRecorded.Outcome(UsageRecorded.Status.OK, null, null, null, false, Map.of()),
                UsageRecorded.Quantity.ONE_CALL,
                Cost.reported(Money.of(cost)),
                new UsageRecorded.Provenance("api", null, null, null, List.of(), null, null, null, null, null),
                0);
        var event = types.encode(UUID.randomUUID().toString(), usage.timestamp(), usage, Map.of(), Set.of());
        log.append(ORGANIZATION, List.of(event)).await().atMost(SOON);
    }
}
