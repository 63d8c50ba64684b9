package dev.centime.ingest.command.updatecatalogue;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.centime.contracts.Contracts;
import dev.centime.contracts.Price;
import dev.centime.contracts.PriceSet;
import dev.centime.contracts.price.PriceVersion;
import dev.centime.eventstore.log.EventLog;
import dev.centime.eventstore.log.EventTypes;
import dev.centime.eventstore.log.NewEvent;
import dev.centime.eventstore.log.Position;
import dev.centime.ingest.ModelPrice;
import dev.centime.ingest.Prices;
import dev.centime.ingest.RecordIds;
import dev.centime.ingest.RepriceOffers;
import dev.centime.ingest.command.updatecatalogue.CatalogueUpdate.Changed;
import dev.centime.kit.Caller;
import dev.centime.kit.Provenance;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Sets what a file says and the catalogue does not, in one append: all of it or nothing. */
@ApplicationScoped
public class UpdateCatalogueHandler {
    private static final String ORIGIN = "file";

    private final EventLog log;
    private final EventTypes types;
    private final Prices prices;
    private final RepriceOffers offers;
    private final Provenance provenance;
    private final ObjectMapper mapper = Contracts.mapper();

    UpdateCatalogueHandler(EventLog log, EventTypes types, Prices prices, RepriceOffers offers, Provenance provenance) {
        this.log = log;
        this.types = types;
        this.prices = prices;
        this.offers = offers;
        this.provenance = provenance;
    }

    /** @param position null when nothing was set */
    record Done(CatalogueUpdate update, @Nullable Position position) {}

    /**
     * @param source where the file came from
     * @param from from when prices hold whose entry has no date; null is today, and for models without a price the beginning of time
     */
    Uni<Done> update(
            Caller caller, CatalogueFile file, String source, @Nullable LocalDate from, boolean dryRun, Instant now) {
        var today = LocalDate.ofInstant(now, ZoneOffset.UTC);
        return prices.ready().chain(prices::refreshed).chain(() -> {
            var plan = plan(file, from, today, now);
            var update = new CatalogueUpdate(
                    dryRun,
                    source,
                    from == null ? today : from,
                    plan.added.stream().map(set -> shown(set, now)).toList(),
                    plan.changed,
                    plan.unchanged,
                    missing(file),
                    file.refused(),
                    null);
            return dryRun || plan.sets.isEmpty()
                    ? Uni.createFrom().item(new Done(update, null))
                    : append(caller, plan, update, now);
        });
    }

    private List<NewEvent> events(Plan plan, Map<String, String> metadata, Instant now) {
        return plan.sets.stream()
                .map(set -> types.encode(set.priceId(), now, set, metadata, Set.of()))
                .toList();
    }

    private Uni<Done> append(Caller caller, Plan plan, CatalogueUpdate update, Instant now) {
        return provenance
                .of(caller, Contracts.PLATFORM)
                .chain(metadata -> log.append(Contracts.PLATFORM, events(plan, metadata, now)))
                .chain(appended -> prices.refreshed()
                        .chain(() -> offers.of(null, plan.sets, now))
                        .map(offer -> new Done(
                                new CatalogueUpdate(
                                        false,
                                        update.source(),
                                        update.effectiveDate(),
                                        update.added(),
                                        update.changed(),
                                        update.unchanged(),
                                        update.missing(),
                                        update.refused(),
                                        offer.orElse(null)),
                                appended.position())));
    }

    /** What is to be set, sorted by what it does. */
    private static final class Plan {
        private final List<PriceSet> sets = new ArrayList<>();
        private final List<PriceSet> added = new ArrayList<>();
        private final List<Changed> changed = new ArrayList<>();
        private int unchanged;
    }

    private Plan plan(CatalogueFile file, @Nullable LocalDate from, LocalDate today, Instant now) {
        var plan = new Plan();
        for (var entry : file.entries()) {
            var date = entry.date() != null ? entry.date() : from;
            var start = start(date == null ? today : date);
            var known = known(entry.price(), start);
            var price = known == null || entry.whole() ? entry.price() : completed(entry.price(), known.price());
            if (known == null) {
                var set = set(price, date == null ? null : start, "");
                plan.sets.add(set);
                plan.added.add(set);
            } else if (price.equals(known.price())) {
                plan.unchanged++;
            } else {
                var set = set(price, start, known.priceId());
                plan.sets.add(set);
                plan.changed.add(new Changed(ModelPrice.of(known), shown(set, now)));
            }
        }
        return plan;
    }

    /** The catalogue's version in force at a moment; a withdrawn one counts, as it would be changed back. */
    private @Nullable PriceVersion known(Price price, Instant at) {
        PriceVersion known = null;
        for (var version : prices.book().history(null, price.provider(), price.modelName())) {
            // An alias leads to another model's price.
            if (!version.start().isAfter(at) && version.price().modelName().equalsIgnoreCase(price.modelName())) {
                known = version;
            }
        }
        return known;
    }

    /** What LiteLLM's file does not say of a model, but somebody else did. */
    private static Price completed(Price price, Price known) {
        return new Price(
                price.provider(),
                known.modelName(),
                known.modelClass(),
                price.rates(),
                price.steps(),
                price.toolCallPrices(),
                price.requestPrice(),
                price.regionUplifts(),
                price.contextWindow(),
                price.maxOutputTokens(),
                known.qualityScore(),
                known.qualitySource(),
                known.replacementModel(),
                price.deprecatedOn(),
                known.aliases(),
                price.active(),
                known.notes(),
                null);
    }

    /** The id follows from what is set and what it takes the place of, so that the same file again is the same events. */
    private PriceSet set(Price price, @Nullable Instant start, String replaced) {
        try {
            var id = RecordIds.derived(
                    "", "catalogue-price", String.valueOf(start), replaced, mapper.writeValueAsString(price));
            return new PriceSet(id, null, start, price, ORIGIN);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    private int missing(CatalogueFile file) {
        var models = new HashSet<String>();
        prices.book().all(null).forEach(version -> models.add(name(version.price())));
        file.entries().forEach(entry -> models.remove(name(entry.price())));
        return models.size();
    }

    private static String name(Price price) {
        return (price.provider() + "\n" + price.modelName()).toLowerCase(Locale.ROOT);
    }

    private static ModelPrice shown(PriceSet set, Instant now) {
        return ModelPrice.of(PriceVersion.of(set, now, 0));
    }

    private static Instant start(LocalDate day) {
        return day.atStartOfDay(ZoneOffset.UTC).toInstant();
    }
}
