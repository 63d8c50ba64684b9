package dev.centime.benchmarks.log;

import dev.centime.eventstore.log.EventLog;
import io.smallrye.mutiny.Uni;

/** The log itself, as ingestion uses it. */
record LogAppend(EventLog log) implements Side {
    @Override
    public String name() {
        return "log";
    }

    @Override
    public Uni<?> store(Batch batch) {
        return log.append("default", batch.events());
    }
}
