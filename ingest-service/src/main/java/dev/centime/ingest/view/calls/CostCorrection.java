package dev.centime.ingest.view.calls;

import dev.centime.contracts.Cost;
import dev.centime.contracts.Money;
import java.time.Instant;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * A correction of what a call cost.
 *
 * @param by whose key or account it was; {@code centime} where it followed by itself
 * @param reprice the run that did it, null without one
 */
@Schema(name = "CostCorrection")
public record CostCorrection(
        Instant at,
        String by,
        String reason,
        @Nullable String reprice,
        Cost.Source sourceBefore,
        @Nullable Money costBefore,
        @Nullable String priceIdBefore,
        Cost.Source sourceAfter,
        @Nullable Money costAfter,
        @Nullable String priceIdAfter) {

    static CostCorrection of(Instant at, String by, String reason, @Nullable String reprice, Cost before, Cost after) {
        return new CostCorrection(
                at,
                by,
                reason,
                reprice,
                before.source(),
                before.total(),
                before.priceId(),
                after.source(),
                after.total(),
                after.priceId());
    }
}
