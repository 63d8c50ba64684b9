package dev.centime.contracts.price;

import dev.centime.contracts.Cost;
import dev.centime.contracts.Money;
import dev.centime.contracts.Price;
import dev.centime.contracts.Tokens;
import java.math.BigDecimal;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The cost of a call: tokens of a kind times the rate of that kind per million, over all kinds, times the region's
 * factor, plus fees. Exact: nothing is rounded.
 */
public final class CostOfCall {
    /** Nothing to pay, whatever the model costs: a response cache answered. */
    private static final Cost NOTHING = calculated(
            BigDecimal.ZERO, BigDecimal.ZERO, BigDecimal.ZERO, BigDecimal.ZERO, BigDecimal.ZERO, BigDecimal.ZERO, null);

    private static final int MILLION_DIGITS = 6;

    private CostOfCall() {}

    /**
     * The cost by a price; what the caller reported where there is no price, or nothing that a price could be applied to; unpriced
     * where there is neither.
     *
     * @param inForce the price at the call's moment, null when none is known
     * @param reported US dollars as the caller has them, null when it did not say
     */
    public static Cost of(Call call, @Nullable PriceVersion inForce, @Nullable Money reported) {
        if (call.cacheHit()) {
            return NOTHING;
        }
        if (reported != null && reported.amount().signum() > 0 && saysNothing(call)) {
            return Cost.reported(reported);
        }
        return Optional.ofNullable(inForce)
                .flatMap(version -> by(version, call))
                .orElseGet(() -> reported == null ? Cost.UNPRICED : Cost.reported(reported));
    }

    /** Whether only a cost was told: of nothing, a price makes nothing, which would hide it. */
    private static boolean saysNothing(Call call) {
        return call.tokens().total() == 0 && call.toolCalls().isEmpty();
    }

    /** Empty when the call has tokens of a kind that the price says nothing about: unknown is not zero. */
    private static Optional<Cost> by(PriceVersion version, Call call) {
        var price = version.price();
        var tokens = call.tokens();
        var card = RateCard.of(price, call.serviceTier(), call.context());
        if (!covers(card, tokens)) {
            return Optional.empty();
        }
        var uplift = uplift(price, call.region());
        var input = charge(tokens.input(), card.input())
                .add(charge(tokens.inputAudio(), card.inputAudio()))
                .add(charge(tokens.inputImage(), card.inputImage()));
        var output = charge(tokens.output() - tokens.reasoning(), card.output())
                .add(charge(tokens.reasoning(), card.reasoning()))
                .add(charge(tokens.outputAudio(), card.outputAudio()))
                .add(charge(tokens.outputImage(), card.outputImage()));
        var cacheRead = charge(tokens.cacheRead(), card.cacheRead());
        var cacheWrite =
                charge(tokens.cacheWrite(), card.cacheWrite()).add(charge(tokens.cacheWrite1h(), card.cacheWrite1h()));
        var savings = charge(tokens.cacheRead(), card.input()).subtract(cacheRead);
        return Optional.of(calculated(
                input.multiply(uplift),
                output.multiply(uplift),
                cacheRead.multiply(uplift),
                cacheWrite.multiply(uplift),
                fees(price, call),
                savings.multiply(uplift),
                version.priceId()));
    }

    private static boolean covers(RateCard card, Tokens tokens) {
        return known(tokens.input(), card.input())
                && known(tokens.inputAudio(), card.inputAudio())
                && known(tokens.inputImage(), card.inputImage())
                && known(tokens.cacheRead(), card.cacheRead())
                && known(tokens.cacheWrite(), card.cacheWrite())
                && known(tokens.cacheWrite1h(), card.cacheWrite1h())
                && known(tokens.output() - tokens.reasoning(), card.output())
                && known(tokens.reasoning(), card.reasoning())
                && known(tokens.outputAudio(), card.outputAudio())
                && known(tokens.outputImage(), card.outputImage());
    }

    private static boolean known(long tokens, @Nullable BigDecimal rate) {
        return tokens == 0 || rate != null;
    }

    private static BigDecimal charge(long tokens, @Nullable BigDecimal perMillion) {
        return tokens == 0 || perMillion == null
                ? BigDecimal.ZERO
                : perMillion.multiply(BigDecimal.valueOf(tokens)).movePointLeft(MILLION_DIGITS);
    }

    private static BigDecimal fees(Price price, Call call) {
        var fees = price.requestPrice() == null
                ? BigDecimal.ZERO
                : price.requestPrice().amount().multiply(BigDecimal.valueOf(call.requests()));
        for (var tool : call.toolCalls().entrySet()) {
            var perCall = price.toolCallPrices().get(tool.getKey());
            if (perCall != null) {
                fees = fees.add(perCall.amount().multiply(BigDecimal.valueOf(tool.getValue())));
            }
        }
        return fees;
    }

    /** On tokens alone: providers state it for their token prices, and a search costs the same everywhere. */
    private static BigDecimal uplift(Price price, @Nullable String region) {
        return region == null
                ? BigDecimal.ONE
                : price.regionUplifts().entrySet().stream()
                        .filter(uplift -> uplift.getKey().equalsIgnoreCase(region))
                        .findFirst()
                        .map(Map.Entry::getValue)
                        .orElse(BigDecimal.ONE);
    }

    private static Cost calculated(
            BigDecimal input,
            BigDecimal output,
            BigDecimal cacheRead,
            BigDecimal cacheWrite,
            BigDecimal other,
            BigDecimal savings,
            @Nullable String priceId) {
        return new Cost(
                Cost.Source.CALCULATED,
                Money.of(input.add(output).add(cacheRead).add(cacheWrite).add(other)),
                Money.of(input),
                Money.of(output),
                Money.of(cacheRead),
                Money.of(cacheWrite),
                Money.of(other),
                Money.of(savings),
                priceId);
    }
}
