package dev.centime.ingest.view.calls;

import dev.centime.contracts.UsageCorrected;
import dev.centime.contracts.UsageRecorded;
import dev.centime.contracts.UsageRepriced;
import dev.centime.eventstore.log.Event;
import dev.centime.eventstore.projection.Projection;
import dev.centime.eventstore.projection.View;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Set;

/** Keeps a row for each call and each correction, and which calls wait for a price. */
@ApplicationScoped
public class Calls implements Projection {
    /** Known to whoever must know how far this view is. */
    public static final String NAME = "calls";

    private final Counter expired;

    Calls(MeterRegistry metrics) {
        expired = Counter.builder("centime.detail.expired")
                .description(
                        "Calls and corrections that came when their organization no longer keeps calls of that time: sums alone have them")
                .register(metrics);
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public List<String> tables() {
        return List.of(InsertDetails.TABLE, KeepCorrections.TABLE, KeepUnpriced.TABLE);
    }

    @Override
    public Set<Class<?>> reads() {
        return Set.of(UsageRecorded.class, UsageRepriced.class, UsageCorrected.class);
    }

    @Override
    public Uni<Void> apply(View view, List<Event> page) {
        return InsertDetails.of(view, page)
                .invoke(left -> expired.increment(view.rebuilding() ? 0 : left))
                .chain(() -> KeepCorrections.of(view, page))
                .chain(() -> KeepUnpriced.of(view, page));
    }
}
