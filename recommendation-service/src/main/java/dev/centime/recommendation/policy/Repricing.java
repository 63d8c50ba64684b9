package dev.centime.recommendation.policy;

import dev.centime.contracts.Cost;
import dev.centime.contracts.Money;
import dev.centime.contracts.price.Call;
import dev.centime.contracts.price.CostOfCall;
import dev.centime.contracts.price.PriceVersion;
import java.util.Map;
import java.util.Optional;

/** What calls that were made would have cost with another model: the same tokens, by the rules by which every call is priced. */
public final class Repricing {
    private Repricing() {}

    /** Fees for tools and requests stay what they were. @return empty when the price does not say what some of the tokens cost */
    public static Optional<Money> of(Usage usage, PriceVersion version) {
        var total = Money.ZERO;
        for (var slice : usage.slices()) {
            var cost = CostOfCall.of(call(slice), version, null);
            if (cost.source() != Cost.Source.CALCULATED) {
                return Optional.empty();
            }
            total = total.plus(cost.totalOrZero()).minus(cost.other()).plus(slice.fees());
        }
        return Optional.of(total);
    }

    /** Slices hold calls on one side of every context step, so the average call is on the side that each of them is on. */
    private static Call call(Usage.Slice slice) {
        return new Call(slice.tokens(), slice.serviceTier(), slice.region(), Map.of(), slice.requests(), false);
    }
}
