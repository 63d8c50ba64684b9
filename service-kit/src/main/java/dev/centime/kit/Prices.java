package dev.centime.kit;

import dev.centime.contracts.PriceSet;
import dev.centime.contracts.price.PriceBook;
import dev.centime.eventstore.log.Event;
import dev.centime.eventstore.log.EventLog;
import dev.centime.eventstore.log.EventTypes;
import dev.centime.eventstore.log.WakeUps;
import dev.centime.eventstore.projection.Follower;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.Reception;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** All prices in memory, followed from the platform's partition from the first question on. */
@ApplicationScoped
public class Prices {
    private final Follower follower;
    private final Uni<Void> following;
    private volatile PriceBook book = new PriceBook();

    Prices(EventLog log, EventTypes types, WakeUps wakeUps, MeterRegistry metrics) {
        this.follower = Follower.of("prices", log, types, Set.of(PriceSet.class), new Pages())
                .partitions(Set.of(EventLog.PLATFORM_PARTITION))
                .wakeUps(wakeUps)
                .metrics(metrics)
                .build();
        this.following =
                Uni.createFrom().item(follower::start).memoize().indefinitely().replaceWithVoid();
    }

    /** The book, filled as it goes; complete up to the moment at which it was first asked for. */
    public Uni<PriceBook> book() {
        return following.chain(follower::caughtUp).map(done -> book);
    }

    void stop(@Observes(notifyObserver = Reception.IF_EXISTS) ShutdownEvent event) {
        follower.end();
    }

    private final class Pages implements Follower.Listener {
        @Override
        public Map<Integer, Long> begin() {
            // Another database has other prices.
            book = new PriceBook();
            return Map.of();
        }

        @Override
        public void events(int partition, List<Event> page) {
            for (var event : page) {
                book.add(
                        (PriceSet) event.payload(),
                        event.stored().recordedAt(),
                        event.stored().offset());
            }
        }
    }
}
