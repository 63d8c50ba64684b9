package dev.centime.ingest;

import dev.centime.contracts.PriceSet;
import dev.centime.contracts.price.PriceBook;
import dev.centime.eventstore.log.EventLog;
import dev.centime.eventstore.log.EventTypes;
import dev.centime.ingest.catalogue.BundledCatalogue;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.Cancellable;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.Set;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * All prices in memory, followed from the platform's partition. A price that another replica sets is known here a moment later;
 * what was recorded in between is found by the offset it was priced at, and repriced.
 */
@ApplicationScoped
public class Prices {
    private static final Logger LOG = Logger.getLogger(Prices.class);
    private static final int PAGE = 1000;
    private static final Duration POLL = Duration.ofMillis(250);
    private static final Duration FIRST_PAUSE = Duration.ofMillis(100);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(1);

    private final EventLog log;
    private final EventTypes types;
    private final Set<String> wanted;
    private final PriceBook book = new PriceBook();
    private final Uni<Void> ready;
    private @Nullable Cancellable following;

    Prices(EventLog log, EventTypes types, BundledCatalogue catalogue) {
        this.log = log;
        this.types = types;
        this.wanted = types.namesOf(Set.of(PriceSet.class));
        this.ready = catalogue
                .load()
                .chain(this::refreshed)
                .onFailure()
                .invoke(failure -> LOG.infof("prices are not there yet: %s", failure.getMessage()))
                .onFailure()
                .retry()
                .withBackOff(FIRST_PAUSE, LONGEST_PAUSE)
                .indefinitely()
                .memoize()
                .indefinitely();
    }

    void follow(@Observes StartupEvent event) {
        following = Multi.createFrom()
                .ticks()
                .every(POLL)
                .onOverflow()
                .drop()
                .onItem()
                .transformToUniAndConcatenate(
                        tick -> ready.chain(this::refreshed).onFailure().recoverWithNull())
                .subscribe()
                .with(done -> {});
    }

    void stop(@Observes ShutdownEvent event) {
        if (following != null) {
            following.cancel();
        }
    }

    /** The book, filled as it goes. */
    public PriceBook book() {
        return book;
    }

    /** Completes when the catalogue is in the log and the book has caught up once. */
    public Uni<Void> ready() {
        return ready;
    }

    /** Completes when the book knows at least what the log held when this was subscribed to. Several may read at once. */
    public Uni<Void> refreshed() {
        return Uni.createFrom().deferred(() -> {
            var after = book.offset();
            return log.read(EventLog.PLATFORM_PARTITION, after, PAGE, wanted).chain(page -> {
                add(page);
                return page.upTo() > after ? refreshed() : Uni.createFrom().voidItem();
            });
        });
    }

    /** What another reading has added already is passed over. */
    private synchronized void add(EventLog.Page page) {
        for (var event : page.events()) {
            if (event.offset() > book.offset()) {
                types.decode(event)
                        .map(PriceSet.class::cast)
                        .ifPresent(set -> book.add(set, event.recordedAt(), event.offset()));
                book.reached(event.offset());
            }
        }
        book.reached(Math.max(book.offset(), page.upTo()));
    }
}
