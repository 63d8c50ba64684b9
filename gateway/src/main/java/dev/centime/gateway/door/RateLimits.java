package dev.centime.gateway.door;

import dev.centime.gateway.GatewaySettings;
import dev.centime.kit.Problem;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/** How often each key may call, and each address may try a wrong one. A replica counts for itself. */
@ApplicationScoped
public class RateLimits {
    private static final int MAX_BUCKETS = 50_000;
    private static final int WRONG_PER_SECOND = 5;
    private static final int WRONG_BURST = 50;

    private final GatewaySettings.Rate rate;
    private final Counter refused;
    private final Map<String, TokenBucket> byKey = bounded();
    private final Map<String, TokenBucket> byAddress = bounded();

    RateLimits(GatewaySettings settings, MeterRegistry metrics) {
        this.rate = settings.rate();
        this.refused = metrics.counter("centime.gateway.rate.limited");
    }

    private static Map<String, TokenBucket> bounded() {
        return Collections.synchronizedMap(new LinkedHashMap<>(64, 0.75f, true) {
            private static final long serialVersionUID = 1L;

            @Override
            protected boolean removeEldestEntry(Map.Entry<String, TokenBucket> eldest) {
                return size() > MAX_BUCKETS;
            }
        });
    }

    /** @throws Problem 429 when the key has called too often */
    void count(ApiKey key) {
        take(byKey.computeIfAbsent(key.id(), id -> new TokenBucket(rate.perSecond(), rate.burst())), "this key");
    }

    /** @throws Problem 429 when too many wrong keys came from an address */
    void countWrong(String address) {
        take(byAddress.computeIfAbsent(address, id -> new TokenBucket(WRONG_PER_SECOND, WRONG_BURST)), "your address");
    }

    private void take(TokenBucket bucket, String whose) {
        var waitSeconds = bucket.take(System.nanoTime());
        if (waitSeconds > 0) {
            refused.increment();
            throw Problem.tooMany("too many requests from " + whose, waitSeconds);
        }
    }
}
