package dev.centime.benchmarks.log;

import dev.centime.eventstore.log.NewEvent;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Events to append together, as objects and as what is stored of them. */
record Batch(List<Usage> payloads, List<NewEvent> events) {
    static Batch of(long from, int size, Ids ids) {
        var payloads = new ArrayList<Usage>(size);
        var events = new ArrayList<NewEvent>(size);
        var at = Instant.now();
        for (long n = from; n < from + size; n++) {
            var payload = Usage.number(n);
            payloads.add(payload);
            events.add(Usage.TYPES.encode(ids.next(), at, payload, Map.of(), Set.of()));
        }
        return new Batch(payloads, events);
    }
}
