package dev.centime.contracts.price;

import dev.centime.contracts.Money;
import dev.centime.contracts.Price;
import dev.centime.contracts.Price.Rates;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.HashMap;
import org.jspecify.annotations.Nullable;

/**
 * A list price with a percentage taken off all that it charges: tokens of every tier and step, tools, requests. A discounted rate is a
 * price like any other, so it has nine decimals at most, half even; of what is sold today nothing has more. A region's factor
 * stays what it is.
 */
final class Discount {
    private static final int PERCENT_DIGITS = 2;
    private static final int PRICE_DECIMALS = 9;

    private final BigDecimal factor;

    private Discount(BigDecimal percent) {
        this.factor = BigDecimal.ONE.subtract(percent.movePointLeft(PERCENT_DIGITS));
    }

    /** Names both, so that whoever looks at a cost finds what it was made of. */
    static String id(PriceVersion listed, PriceVersion agreed) {
        return listed.priceId() + "/" + agreed.priceId();
    }

    /** @param agreed has a percentage */
    static PriceVersion of(PriceVersion listed, PriceVersion agreed) {
        var percent = java.util.Objects.requireNonNull(agreed.price().discountPercent());
        return new PriceVersion(
                id(listed, agreed),
                agreed.organization(),
                agreed.effectiveFrom(),
                new Discount(percent).of(listed.price(), percent),
                agreed.origin(),
                agreed.setAt(),
                agreed.offset(),
                false);
    }

    private Price of(Price price, BigDecimal percent) {
        var rates = new HashMap<String, Rates>();
        price.rates().forEach((tier, listed) -> rates.put(tier, of(listed)));
        var steps = price.steps().stream()
                .map(step -> new Price.Step(step.tier(), step.aboveTokens(), of(step.rates())))
                .toList();
        var tools = new HashMap<String, Money>();
        price.toolCallPrices().forEach((tool, perCall) -> tools.put(tool, less(perCall)));
        return new Price(
                price.provider(),
                price.modelName(),
                price.modelClass(),
                rates,
                steps,
                tools,
                of(price.requestPrice()),
                price.regionUplifts(),
                price.contextWindow(),
                price.maxOutputTokens(),
                price.qualityScore(),
                price.qualitySource(),
                price.replacementModel(),
                price.deprecatedOn(),
                price.aliases(),
                price.active(),
                price.notes(),
                percent);
    }

    private Rates of(Rates listed) {
        return new Rates(
                of(listed.input()),
                of(listed.output()),
                of(listed.cacheRead()),
                of(listed.cacheWrite()),
                of(listed.cacheWrite1h()),
                of(listed.reasoning()),
                of(listed.inputAudio()),
                of(listed.outputAudio()),
                of(listed.inputImage()),
                of(listed.outputImage()));
    }

    private @Nullable Money of(@Nullable Money listed) {
        return listed == null ? null : less(listed);
    }

    private Money less(Money listed) {
        return Money.of(listed.amount().multiply(factor).setScale(PRICE_DECIMALS, RoundingMode.HALF_EVEN));
    }
}
