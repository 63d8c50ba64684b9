package dev.centime.contracts.price;

import dev.centime.contracts.Money;
import dev.centime.contracts.Price;
import dev.centime.contracts.Price.Rates;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The rates of one price that hold for one call: its service tier and its context size, with what stands in where a rate is
 * missing. Looked through in this order: the tier's step; the tier, dearer by as much as the standard tier's step makes the standard
 * tier; the standard tier's step; the tier; the standard tier. For the fast tier nothing of the standard one stands in (decision 0121).
 */
final class RateCard {
    private static final int PRICE_DECIMALS = 9;

    private final List<Rates> order;

    private RateCard(List<Rates> order) {
        this.order = order;
    }

    static RateCard of(Price price, @Nullable String serviceTier, long context) {
        var tier = serviceTier == null ? Price.STANDARD : serviceTier;
        var order = new ArrayList<Rates>(4);
        addStep(order, price, tier, context);
        var standard = price.rates().get(Price.STANDARD);
        if (!tier.equals(Price.STANDARD)) {
            var own = price.rates().get(tier);
            var step = step(price, Price.STANDARD, context);
            if (own != null && standard != null && step != null) {
                add(order, raised(own, standard, step));
            }
            if (tier.equals(Price.FAST)) {
                add(order, own);
                return new RateCard(order);
            }
            add(order, step);
            add(order, own);
        }
        add(order, standard);
        return new RateCard(order);
    }

    /** A tier whose provider states no step of its own: batch at half price is half of the larger price, too. */
    private static Rates raised(Rates tier, Rates standard, Rates step) {
        return new Rates(
                raised(tier.input(), standard.input(), step.input()),
                raised(tier.output(), standard.output(), step.output()),
                raised(tier.cacheRead(), standard.cacheRead(), step.cacheRead()),
                raised(tier.cacheWrite(), standard.cacheWrite(), step.cacheWrite()),
                raised(tier.cacheWrite1h(), standard.cacheWrite1h(), step.cacheWrite1h()),
                raised(tier.reasoning(), standard.reasoning(), step.reasoning()),
                raised(tier.inputAudio(), standard.inputAudio(), step.inputAudio()),
                raised(tier.outputAudio(), standard.outputAudio(), step.outputAudio()),
                raised(tier.inputImage(), standard.inputImage(), step.inputImage()),
                raised(tier.outputImage(), standard.outputImage(), step.outputImage()));
    }

    private static @Nullable Money raised(@Nullable Money tier, @Nullable Money standard, @Nullable Money step) {
        if (tier == null
                || standard == null
                || step == null
                || standard.amount().signum() == 0) {
            return null;
        }
        return Money.of(tier.amount()
                .multiply(step.amount())
                .divide(standard.amount(), PRICE_DECIMALS, RoundingMode.HALF_EVEN));
    }

    private static void addStep(List<Rates> order, Price price, String tier, long context) {
        add(order, step(price, tier, context));
    }

    /** The largest step of a tier that the context is over. */
    private static @Nullable Rates step(Price price, String tier, long context) {
        Price.Step largest = null;
        for (var step : price.steps()) {
            if (step.tier().equals(tier)
                    && context > step.aboveTokens()
                    && (largest == null || step.aboveTokens() > largest.aboveTokens())) {
                largest = step;
            }
        }
        return largest == null ? null : largest.rates();
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

    @Nullable
    BigDecimal reasoning() {
        return apart(Rates::reasoning);
    }

    @Nullable
    BigDecimal outputImage() {
        return apart(Rates::outputImage);
    }

    /**
     * Reasoning and images are output like any other unless a rate stands apart. Where it stands apart for another tier or size only, it is
     * to this output as it is to that one's (decision 0094).
     */
    private @Nullable BigDecimal apart(Function<Rates, @Nullable Money> kind) {
        for (var rates : order) {
            var rate = kind.apply(rates);
            if (rate != null) {
                return orElse(asToOutput(rate, rates.output()), rate.amount());
            }
        }
        return output();
    }

    /** Null where no ratio can be told. @param beside the output rate that stands beside it */
    private @Nullable BigDecimal asToOutput(Money rate, @Nullable Money beside) {
        var output = output();
        if (output == null || beside == null || beside.amount().signum() == 0) {
            return null;
        }
        return output.compareTo(beside.amount()) == 0
                ? rate.amount()
                : rate.amount().multiply(output).divide(beside.amount(), PRICE_DECIMALS, RoundingMode.HALF_EVEN);
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

    private @Nullable BigDecimal first(Function<Rates, @Nullable Money> rate) {
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
