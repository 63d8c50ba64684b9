package dev.centime.contracts.price;

import dev.centime.contracts.Price;
import dev.centime.contracts.PriceSet;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A price as it was set once: whose, from when, and when the log took it.
 *
 * @param organization whose contract it is, null for the catalogue
 * @param effectiveFrom null is the beginning of time
 * @param offset where its event lies in the platform's partition
 * @param superseded whether a later version took its very place
 */
public record PriceVersion(
        String priceId,
        @Nullable String organization,
        @Nullable Instant effectiveFrom,
        Price price,
        String origin,
        Instant setAt,
        long offset,
        boolean superseded) {

    /** A price as it is set; the book says later whether it still is. */
    public static PriceVersion of(PriceSet set, Instant setAt, long offset) {
        return new PriceVersion(
                set.priceId(),
                set.organization(),
                set.effectiveFrom(),
                set.price(),
                set.origin(),
                setAt,
                offset,
                false);
    }

    PriceVersion asSuperseded() {
        return new PriceVersion(priceId, organization, effectiveFrom, price, origin, setAt, offset, true);
    }

    /** Whether it is the price of a model of that name, rather than of one of which the name is an alias. */
    boolean isNamed(String name) {
        return price.modelName().equalsIgnoreCase(name);
    }

    /** For sorting and comparing, the beginning of time as an instant. */
    public Instant start() {
        return effectiveFrom == null ? Instant.MIN : effectiveFrom;
    }
}
