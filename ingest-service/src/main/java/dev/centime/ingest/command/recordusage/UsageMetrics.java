package dev.centime.ingest.command.recordusage;

import dev.centime.contracts.Cost;
import dev.centime.contracts.UsageRecorded;
import dev.centime.ingest.Source;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.EnumMap;
import java.util.Map;

/** Counts every record that came in by its source and what became of it. */
@ApplicationScoped
public class UsageMetrics {
    private final Map<Source, Counters> bySource = new EnumMap<>(Source.class);

    UsageMetrics(MeterRegistry registry) {
        for (var source : Source.values()) {
            bySource.put(source, Counters.of(registry, source.text()));
        }
    }

    /**
     * @param ignored no usage: spans and events that tell of something else than a call
     * @param negativeRemainder accepted with counts that did not fit together
     */
    private record Counters(
            Counter accepted,
            Counter duplicate,
            Counter rejected,
            Counter ignored,
            Counter unpriced,
            Counter negativeRemainder) {

        static Counters of(MeterRegistry registry, String source) {
            return new Counters(
                    records(registry, source, "accepted"),
                    records(registry, source, "duplicate"),
                    records(registry, source, "rejected"),
                    records(registry, source, "ignored"),
                    Counter.builder("centime.usage.unpriced")
                            .description("Accepted records for which no price is known")
                            .tag("source", source)
                            .register(registry),
                    Counter.builder("centime.usage.negative.remainder")
                            .description(
                                    "Accepted records whose source told of more tokens of a kind than of the whole")
                            .tag("source", source)
                            .register(registry));
        }

        private static Counter records(MeterRegistry registry, String source, String result) {
            return Counter.builder("centime.usage.records")
                    .description("Usage records by source and what became of them; ignored ones told of no call")
                    .tag("source", source)
                    .tag("result", result)
                    .register(registry);
        }
    }

    void accepted(Source source, UsageRecorded usage) {
        var counters = of(source);
        counters.accepted().increment();
        if (usage.cost().source() == Cost.Source.UNPRICED) {
            counters.unpriced().increment();
        }
        if (usage.provenance().negativeRemainder() != null) {
            counters.negativeRemainder().increment();
        }
    }

    void duplicate(Source source, int count) {
        of(source).duplicate().increment(count);
    }

    void rejected(Source source, int count) {
        of(source).rejected().increment(count);
    }

    /** What a body held besides calls. */
    public void ignored(Source source, int count) {
        of(source).ignored().increment(count);
    }

    private Counters of(Source source) {
        return java.util.Objects.requireNonNull(bySource.get(source));
    }
}
