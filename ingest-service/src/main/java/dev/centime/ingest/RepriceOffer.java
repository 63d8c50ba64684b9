package dev.centime.ingest;

import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * Calls that a price set for the past would make cost something else, were they priced again. They are not, unless somebody asks.
 *
 * @param calls how many there are at most: those of its models from its date on that have a cost
 * @param body what to send: a dry run, that says what would change
 */
@Schema(name = "RepriceOffer")
public record RepriceOffer(long calls, String method, String href, Reprice body) {
    static RepriceOffer of(long calls, Reprice body) {
        return new RepriceOffer(calls, "POST", "/api/v1/pricing/reprice", body);
    }
}
