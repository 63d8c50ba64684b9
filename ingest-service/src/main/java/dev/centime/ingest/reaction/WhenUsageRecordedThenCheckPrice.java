package dev.centime.ingest.reaction;

import dev.centime.eventstore.log.Event;
import dev.centime.eventstore.projection.Reaction;
import dev.centime.ingest.Prices;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Set;

/**
 * A call, or a correction of how large it was, may be appended after a price that it was priced without. This gives it what it would
 * have cost a moment later; a price that was set after it leaves it alone, unless it had none. Likewise what a run left without a price
 * while one came.
 */
@ApplicationScoped
public class WhenUsageRecordedThenCheckPrice implements Reaction {
    private final Prices prices;
    private final PriceCheck check;

    WhenUsageRecordedThenCheckPrice(Prices prices, PriceCheck check) {
        this.prices = prices;
        this.check = check;
    }

    @Override
    public String name() {
        return "check-price";
    }

    @Override
    public Set<Class<?>> reads() {
        return PriceCheck.TOLD;
    }

    @Override
    public Uni<Void> react(List<Event> page) {
        // A price that the log shows is known here after this; one that is still being appended looks back at these
        // calls itself.
        return prices.refreshed().chain(() -> check.of(page));
    }
}
