package dev.centime.ingest.view.costs.question;

import dev.centime.contracts.Scope;
import dev.centime.ingest.view.Measures;
import java.time.Instant;
import java.util.List;
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
 * @param measures the columns of {@link Measures#ALL} that are asked for; the others of an answer are zero
 */
public record CostQuestion(
        String organization,
        @Nullable Integer partition,
        Instant from,
        Instant until,
        Scope scope,
        @Nullable Instant asOf,
        List<String> measures) {

    /** The same question about another time. */
    public CostQuestion during(Instant from, Instant until) {
        return new CostQuestion(organization, partition, from, until, scope, asOf, measures);
    }

    /** The same question for some figures alone: adding up few columns takes a fraction of the time of all. */
    CostQuestion asking(List<String> measures) {
        return new CostQuestion(organization, partition, from, until, scope, asOf, measures);
    }

    /** Row-level security guards the tenant; the key's first columns are named for the index. */
    public String tenant(Statement statement) {
        return partition == null
                ? "true"
                : "partition = " + statement.parameter(partition) + " AND organization = "
                        + statement.parameter(organization);
    }
}
