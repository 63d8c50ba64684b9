package dev.centime.ingest.view;

import dev.centime.contracts.Money;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/** The colour that a cost is shown in. */
public final class CostClass {
    private static final BigDecimal YELLOW_FROM = new BigDecimal("0.01");
    private static final BigDecimal RED_ABOVE = new BigDecimal("0.10");

    private CostClass() {}

    /** Under a cent green, to ten yellow, above red; null for an unknown cost. */
    public static @Nullable String of(@Nullable Money cost) {
        if (cost == null) {
            return null;
        }
        if (cost.amount().compareTo(YELLOW_FROM) < 0) {
            return "green";
        }
        return cost.amount().compareTo(RED_ABOVE) <= 0 ? "yellow" : "red";
    }
}
