package dev.centime.contracts;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A price holds from an instant on. Stored in the platform's organization, contract prices too, so that one partition has all
 * prices in one order and one offset says which were known. The same organization, provider, model and instant again is a
 * new version; the old one stays in the log.
 *
 * @param priceId of this version
 * @param organization whose contract price this is, overriding the catalogue's; null for the catalogue
 * @param effectiveFrom null means from the beginning of time, as the bundled catalogue does
 * @param origin who says so: {@code bundled}, {@code file}, {@code api}
 */
@StoredAs(name = "price-set")
public record PriceSet(
        String priceId,
        @Nullable String organization,
        @Nullable Instant effectiveFrom,
        Price price,
        String origin) {}
