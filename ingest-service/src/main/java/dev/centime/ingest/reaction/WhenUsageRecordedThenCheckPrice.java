package dev.centime.ingest.reaction;

import dev.centime.contracts.UsageCorrected;
import dev.centime.contracts.UsageRecorded;
import dev.centime.eventstore.log.Event;
import dev.centime.eventstore.projection.Reaction;
import dev.centime.ingest.Prices;
import dev.centime.ingest.RecordIds;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A call, or a correction of how large it was, may be appended after a price that it was priced without. Whoever sets a price corrects the calls that were there; this
 * corrects those that came later.
 */
@ApplicationScoped
public class WhenUsageRecordedThenCheckPrice implements Reaction {
    private final Prices prices;
    private final Repricing repricing;

    WhenUsageRecordedThenCheckPrice(Prices prices, Repricing repricing) {
        this.prices = prices;
        this.repricing = repricing;
    }

    @Override
    public String name() {
        return "check-price";
    }

    @Override
    public Set<Class<?>> reads() {
        return Set.of(UsageRecorded.class, UsageCorrected.class);
    }

    @Override
    public Uni<Void> react(List<Event> page) {
        // Prices set before these calls were appended are in the log now, so after this they are known here.
        return prices.refreshed().map(done -> suspects(page)).chain(this::correct);
    }

    /** Event ids of calls that cost something else now, by organization. */
    private Map<String, List<String>> suspects(List<Event> page) {
        var suspects = new HashMap<String, List<String>>();
        for (var event : page) {
            var organization = event.stored().organization();
            var suspect = suspect(organization, event);
            if (suspect != null) {
                suspects.computeIfAbsent(organization, _ -> new ArrayList<>()).add(suspect);
            }
        }
        return suspects;
    }

    /** The id of the record at fault, null when its cost holds. Whoever corrects looks at what a call counts with now. */
    private @Nullable String suspect(String organization, Event event) {
        return switch (event.payload()) {
            case UsageRecorded usage ->
                prices.book().changedSince(usage.pricesAt())
                                && !repricing.now(organization, usage).equals(usage.cost())
                        ? event.stored().id()
                        : null;
            case UsageCorrected corrected ->
                prices.book().changedSince(corrected.pricesAt())
                        ? RecordIds.event(organization, corrected.source(), corrected.recordId())
                        : null;
            default ->
                throw new IllegalArgumentException(
                        "not asked for: " + event.stored().type());
        };
    }

    private Uni<Void> correct(Map<String, List<String>> suspects) {
        var done = Uni.createFrom().voidItem();
        for (var organization : suspects.keySet()) {
            for (var chunk : Chunks.of(suspects.getOrDefault(organization, List.of()), Repricing.CHUNK)) {
                done = done.chain(() -> repricing.correct(organization, chunk).replaceWithVoid());
            }
        }
        return done;
    }
}
