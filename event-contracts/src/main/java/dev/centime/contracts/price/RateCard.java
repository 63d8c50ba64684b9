package dev.centime.contracts.price;

import dev.centime.contracts.Price;
import dev.centime.contracts.Price.Rates;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The rates of one price that hold for one call: its service tier and its context size, with what stands in where a rate is
 * missing. Looked through in this order: the tier's step, the standard tier's step, the tier, the standard tier.
 */
final class RateCard {
    private final List<Rates> order;

    private RateCard(List<Rates> order) {
        this.order = order;
    }

    static RateCard of(Price price, @Nullable String serviceTier, long context) {
        var tier = serviceTier == null ? Price.STANDARD : serviceTier;
        var order = new ArrayList<Rates>(4);
        addStep(order, price, tier, context);
        if (!tier.equals(Price.STANDARD)) {
            addStep(order, price, Price.STANDARD, context);
            add(order, price.rates().get(tier));
        }
        add(order, price.rates().get(Price.STANDARD));
        return new RateCard(order);
    }

    /** The largest step of a tier that the context is over. */
    private static void addStep(List<Rates> order, Price price, String tier, long context) {
        Price.Step largest = null;
        for (var step : price.steps()) {
            if (step.tier().equals(tier)
                    && context > step.aboveTokens()
                    && (largest == null || step.aboveTokens() > largest.aboveTokens())) {
                largest = step;
            }
        }
        if (largest != null) {
            order.add(largest.rates());
        }
    }

    private static void add(List<Rates> order, @Nullable Rates rates) {
        if (rates != null) {
            order.add(rates);
        }
    }

    @Nullable
    BigDecimal input() {
        return first(Rates::input);
    }

    @Nullable
    BigDecimal output() {
        return first(Rates::output);
    }

    @Nullable
    BigDecimal cacheRead() {
        return orElse(first(Rates::cacheRead), input());
    }

    @Nullable
    BigDecimal cacheWrite() {
        return orElse(first(Rates::cacheWrite), input());
    }

    @Nullable
    BigDecimal cacheWrite1h() {
        return orElse(first(Rates::cacheWrite1h), input());
    }

    /** Reasoning is output like any other unless a rate stands apart. */
    @Nullable
    BigDecimal reasoning() {
        return orElse(first(Rates::reasoning), output());
    }

    @Nullable
    BigDecimal inputAudio() {
        return orElse(first(Rates::inputAudio), input());
    }

    @Nullable
    BigDecimal outputAudio() {
        return orElse(first(Rates::outputAudio), output());
    }

    @Nullable
    BigDecimal inputImage() {
        return orElse(first(Rates::inputImage), input());
    }

    private @Nullable BigDecimal first(Function<Rates, dev.centime.contracts.@Nullable Money> rate) {
        for (var rates : order) {
            var found = rate.apply(rates);
            if (found != null) {
                return found.amount();
            }
        }
        return null;
    }

    private static @Nullable BigDecimal orElse(@Nullable BigDecimal rate, @Nullable BigDecimal standIn) {
        return rate == null ? standIn : rate;
    }
}
