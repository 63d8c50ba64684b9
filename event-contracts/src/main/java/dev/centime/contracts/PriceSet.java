package dev.centime.contracts;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A price holds from an instant on. In the platform's organization it is the catalogue's, in any other a contract price
 * that overrides it. The same provider, model and instant again is a new version; the old one stays in the log.
 *
 * @param priceId of this version
 * @param effectiveFrom null means from the beginning of time, as the bundled catalogue does
 * @param origin who says so: {@code bundled}, {@code file}, {@code api}
 */
@StoredAs(name = "price-set")
public record PriceSet(String priceId, @Nullable Instant effectiveFrom, Price price, String origin) {}
