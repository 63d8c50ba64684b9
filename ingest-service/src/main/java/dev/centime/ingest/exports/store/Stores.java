package dev.centime.ingest.exports.store;

import dev.centime.ingest.exports.ExportSettings;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;

/** Makes what speaks to a bucket, with what all of them share. */
@ApplicationScoped
public class Stores {
    private final StoreNetworks networks;
    private final StoreConnection connection;
    private final Clock clock;
    private final Duration firstPause;
    private final int partBytes;
    private final Counter sent;
    private final Counter retried;
    private final Counter refused;

    Stores(
            StoreNetworks networks,
            StoreConnection connection,
            ExportSettings settings,
            Clock clock,
            MeterRegistry registry) {
        this.networks = networks;
        this.connection = connection;
        this.clock = clock;
        this.firstPause = settings.storePause();
        this.partBytes = Math.toIntExact(settings.partSize().asLongValue());
        this.sent = requests(registry, "done");
        this.retried = requests(registry, "retried");
        this.refused = requests(registry, "refused");
    }

    private static Counter requests(MeterRegistry registry, String result) {
        return Counter.builder("centime.exports.store.requests")
                .description("Requests to stores that exports go to, by what became of them")
                .tag("result", result)
                .register(registry);
    }

    public Store of(BucketAddress bucket, Credentials credentials) {
        return new Store(bucket, credentials, this);
    }

    StoreNetworks networks() {
        return networks;
    }

    StoreConnection connection() {
        return connection;
    }

    Clock clock() {
        return clock;
    }

    /** Before a request that failed is sent again; doubled each time. */
    Duration firstPause() {
        return firstPause;
    }

    /** Of each part but the last. */
    int partBytes() {
        return partBytes;
    }

    void sent() {
        sent.increment();
    }

    void retried() {
        retried.increment();
    }

    void refused() {
        refused.increment();
    }
}
