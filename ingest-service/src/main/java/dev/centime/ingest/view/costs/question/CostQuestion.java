package dev.centime.ingest.view.costs.question;

import dev.centime.contracts.Scope;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Which calls a figure is about.
 *
 * @param organization the tenant, {@code *} for all
 * @param partition where the tenant lies, null for all
 * @param from first instant
 * @param until first instant after
 * @param scope filters, users as subject ids
 * @param asOf what the log knew then; null is now
 */
public record CostQuestion(
        String organization,
        @Nullable Integer partition,
        Instant from,
        Instant until,
        Scope scope,
        @Nullable Instant asOf) {

    /** The same question about another time. */
    public CostQuestion during(Instant from, Instant until) {
        return new CostQuestion(organization, partition, from, until, scope, asOf);
    }
}
