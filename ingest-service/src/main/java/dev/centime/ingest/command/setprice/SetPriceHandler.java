package dev.centime.ingest.command.setprice;

import dev.centime.contracts.Contracts;
import dev.centime.contracts.PriceSet;
import dev.centime.contracts.price.PriceVersion;
import dev.centime.eventstore.log.EventLog;
import dev.centime.eventstore.log.EventTypes;
import dev.centime.eventstore.log.Position;
import dev.centime.ingest.ModelPrice;
import dev.centime.ingest.PriceRules;
import dev.centime.ingest.Prices;
import dev.centime.ingest.RepriceOffers;
import dev.centime.kit.Caller;
import dev.centime.kit.Provenance;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Appends a price, and answers when this replica goes by it. */
@ApplicationScoped
public class SetPriceHandler {
    private static final String ORIGIN = "api";

    private final EventLog log;
    private final EventTypes types;
    private final Prices prices;
    private final RepriceOffers offers;
    private final Provenance provenance;

    SetPriceHandler(EventLog log, EventTypes types, Prices prices, RepriceOffers offers, Provenance provenance) {
        this.log = log;
        this.types = types;
        this.prices = prices;
        this.offers = offers;
        this.provenance = provenance;
    }

    record Done(ModelPrice price, Position position) {}

    /**
     * @param organization whose contract it is, null for the catalogue
     * @param priceId of this version
     * @throws dev.centime.kit.Problem 422 when a field is wrong
     */
    Uni<Done> set(Caller caller, @Nullable String organization, ModelPrice wanted, String priceId, Instant now) {
        PriceRules.check(wanted, organization != null);
        return prices.ready().chain(() -> {
            var set = new PriceSet(
                    priceId, organization, effectiveFrom(organization, wanted, now), wanted.toPrice(), ORIGIN);
            return provenance
                    .of(caller, Contracts.PLATFORM)
                    .map(metadata -> types.encode(priceId, now, set, metadata, Set.of()))
                    .chain(event -> log.append(Contracts.PLATFORM, List.of(event)))
                    .chain(appended -> prices.refreshed()
                            .chain(() -> offers.of(organization, List.of(set), now))
                            .map(offer -> new Done(
                                    ModelPrice.of(version(set, priceId), offer.orElse(null)), appended.position())));
        });
    }

    private PriceVersion version(PriceSet set, String priceId) {
        return prices
                .book()
                .history(set.organization(), set.price().provider(), set.price().modelName())
                .stream()
                .filter(version -> version.priceId().equals(priceId))
                .findFirst()
                .orElseThrow();
    }

    /**
     * Where none is said: the first price of a model holds for all its calls, which had none; any later one from today on, since
     * what was charged before was right.
     */
    private @Nullable Instant effectiveFrom(@Nullable String organization, ModelPrice wanted, Instant now) {
        if (wanted.effectiveDate() != null) {
            return start(wanted.effectiveDate());
        }
        var first = prices.book()
                .history(
                        organization,
                        Objects.requireNonNull(wanted.provider()),
                        Objects.requireNonNull(wanted.modelName()))
                .isEmpty();
        return first && organization == null ? null : start(LocalDate.ofInstant(now, ZoneOffset.UTC));
    }

    private static Instant start(LocalDate day) {
        return day.atStartOfDay(ZoneOffset.UTC).toInstant();
    }
}
