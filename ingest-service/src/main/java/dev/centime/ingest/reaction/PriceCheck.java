package dev.centime.ingest.reaction;

import dev.centime.contracts.Cost;
import dev.centime.contracts.UsageCorrected;
import dev.centime.contracts.UsageRecorded;
import dev.centime.contracts.UsageRepriced;
import dev.centime.eventstore.log.Event;
import dev.centime.ingest.Prices;
import dev.centime.ingest.RecordIds;
import dev.centime.ingest.command.reprice.Repricing;
import dev.centime.ingest.command.reprice.Repricing.Told;
import dev.centime.ingest.view.calls.CorrectedContent;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Finds calls that were appended after a price they were priced without, by the prices known here, and corrects them. */
@ApplicationScoped
class PriceCheck {
    /** What can be told of a call's cost. */
    static final Set<Class<?>> TOLD = Set.of(UsageRecorded.class, UsageCorrected.class, UsageRepriced.class);

    private final Prices prices;
    private final Repricing repricing;

    PriceCheck(Prices prices, Repricing repricing) {
        this.prices = prices;
        this.repricing = repricing;
    }

    /** @param events of {@link #TOLD}, of any organizations */
    Uni<Void> of(List<Event> events) {
        return Uni.createFrom().deferred(() -> correct(suspects(events)));
    }

    /** Calls that may cost something else now, by organization and event id of their record. */
    private Map<String, Map<String, Told>> suspects(List<Event> page) {
        var suspects = new HashMap<String, Map<String, Told>>();
        for (var event : page) {
            var organization = event.stored().organization();
            var suspect = suspect(organization, event);
            if (suspect != null) {
                suspects.computeIfAbsent(organization, _ -> new LinkedHashMap<>())
                        .put(suspect, told(event));
            }
        }
        return suspects;
    }

    private static Told told(Event event) {
        var content = event.payload() instanceof UsageCorrected corrected ? CorrectedContent.of(corrected) : null;
        return new Told(event.stored().offset(), event.stored().recordedAt(), content);
    }

    /** The id of the record at fault, null when its cost holds. Whoever corrects looks at what a call counts with now. */
    private @Nullable String suspect(String organization, Event event) {
        return switch (event.payload()) {
            case UsageRecorded usage ->
                repricing.isSuspect(organization, usage, event.stored().recordedAt())
                        ? event.stored().id()
                        : null;
            case UsageCorrected corrected ->
                prices.book().changedSince(corrected.pricesAt())
                        ? RecordIds.event(organization, corrected.source(), corrected.recordId())
                        : null;
            case UsageRepriced repriced ->
                repriced.after().source() != Cost.Source.CALCULATED
                                && prices.book().changedSince(repriced.pricesAt())
                        ? RecordIds.event(organization, repriced.source(), repriced.recordId())
                        : null;
            default ->
                throw new IllegalArgumentException(
                        "not asked for: " + event.stored().type());
        };
    }

    private Uni<Void> correct(Map<String, Map<String, Told>> suspects) {
        return Multi.createFrom()
                .iterable(suspects.entrySet())
                .onItem()
                .transformToUniAndConcatenate(organization -> correct(organization.getKey(), organization.getValue()))
                .collect()
                .last()
                .replaceWithVoid();
    }

    private Uni<Void> correct(String organization, Map<String, Told> suspects) {
        return Multi.createFrom()
                .iterable(Chunks.of(List.copyOf(suspects.entrySet()), Repricing.CHUNK))
                .map(chunk -> chunk.stream().collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue)))
                .onItem()
                .transformToUniAndConcatenate(told -> repricing.correct(organization, told))
                .collect()
                .last()
                .replaceWithVoid();
    }
}
