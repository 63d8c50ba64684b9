/**
 * Usage in, cost analysis out.
 *
 * <p>In: HTTP bodies ({@code accept}) become {@code RecordUsage}, are priced from the {@link dev.centime.ingest.Prices} in memory and
 * appended as {@code UsageRecorded}. Prices are set by {@code SetPrice} and by the bundled catalogue, as {@code PriceSet} in the
 * platform's partition. When a price changes what a recorded call costs, {@code reaction} appends {@code UsageRepriced}.
 *
 * <p>Out: {@code view.ledger} folds both into cost cells (quarter hours and days, by the small dimensions, and by user), detail
 * rows and the list of unpriced calls; {@code view.costs}, {@code view.usage} and {@code view.prices} answer from them.
 */
@org.jspecify.annotations.NullMarked
package dev.centime.ingest;
