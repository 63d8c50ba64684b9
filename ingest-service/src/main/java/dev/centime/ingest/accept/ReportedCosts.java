package dev.centime.ingest.accept;

import dev.centime.contracts.Money;
import dev.centime.contracts.Tokens;
import java.math.BigDecimal;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What other tools say that a call cost. */
public final class ReportedCosts {
    private ReportedCosts() {}

    /**
     * The cost, unless it is nothing for something: a tool that knows no price says 0, and that must not pass for a cost.
     *
     * @param usage null when the source does not say what was used
     */
    public static @Nullable Money believed(@Nullable Money cost, @Nullable UsageBlock usage) {
        return believed(cost, usage == null ? Tokens.NONE : usage.tokens());
    }

    /** @see #believed(Money, UsageBlock) */
    public static @Nullable Money believed(@Nullable Money cost, Tokens used) {
        var nothing = cost == null || cost.amount().signum() == 0;
        return nothing && used.total() > 0 ? null : cost;
    }

    /** Langfuse's {@code costDetails}: the total, or the sum of its buckets; null when there are none. */
    public static @Nullable Money ofDetails(Payload details) {
        if (details.has("total")) {
            return details.cost("total");
        }
        var sum = BigDecimal.ZERO;
        var any = false;
        for (var bucket :
                details.node().properties().stream().map(Map.Entry::getKey).toList()) {
            var cost = details.cost(bucket);
            if (cost != null) {
                sum = sum.add(cost.amount());
                any = true;
            }
        }
        return any ? Money.of(sum) : null;
    }
}
