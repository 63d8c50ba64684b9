package dev.centime.ingest;

import dev.centime.contracts.Contracts;
import dev.centime.contracts.ImportProgressed;
import dev.centime.contracts.PriceSet;
import dev.centime.contracts.StoredAs;
import dev.centime.eventstore.log.About;
import dev.centime.eventstore.log.EventTypes;
import dev.centime.ingest.event.CostEstimated;
import dev.centime.ingest.event.DetailExpired;
import dev.centime.ingest.event.ExportCancelled;
import dev.centime.ingest.event.ExportEnded;
import dev.centime.ingest.event.ExportFellDue;
import dev.centime.ingest.event.ExportScheduled;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import org.jspecify.annotations.Nullable;

/** The events that this service writes and reads: those shared with others, and its own. */
public class IngestEvents {
    @Produces
    @Singleton
    EventTypes types() {
        var types = EventTypes.with(Contracts.mapper());
        var events = new ArrayList<>(Contracts.EVENTS);
        events.add(CostEstimated.class);
        events.add(ExportScheduled.class);
        events.add(ExportFellDue.class);
        events.add(ExportEnded.class);
        events.add(ExportCancelled.class);
        events.add(DetailExpired.class);
        for (var event : events) {
            var stored = event.getAnnotation(StoredAs.class);
            types.add(event, stored.name(), stored.version());
        }
        types.about(PriceSet.class, IngestEvents::price)
                .about(ImportProgressed.class, IngestEvents::importing)
                .about(DetailExpired.class, IngestEvents::expiry);
        return types.build();
    }

    /** All prices are stored with the platform; a contract's is its organization's business. */
    private static About price(PriceSet set) {
        return new About("price/" + set.price().provider() + "/" + set.price().modelName(), set.organization());
    }

    /** Nights on which there was nothing to forget are nobody's business. */
    private static @Nullable About expiry(DetailExpired expired) {
        return expired.found() ? new About("detail") : null;
    }

    /** That it begins and how it ends; what it tells on its way is for those who watch. */
    private static @Nullable About importing(ImportProgressed progress) {
        return switch (progress.state()) {
            case RECEIVING, RUNNING -> null;
            case WAITING, DONE, FAILED, CANCELLED -> new About("import/" + progress.importId());
        };
    }
}
