package dev.centime.ingest.exports;

import dev.centime.contracts.Money;
import dev.centime.ingest.view.calls.UsageCall;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A charge as FOCUS has it: what a call costs for one meter. The charges of a call add up to its cost.
 *
 * @param quantity how much of the meter was consumed
 * @param cost US dollars; zero where no price is known, which {@code x_CostSource} then says
 */
record FocusCharge(UsageCall call, Meter meter, BigDecimal quantity, Money cost) {
    private static final BigDecimal MILLION = new BigDecimal(1_000_000);
    private static final int PRICE_SCALE = 18;

    /** What is charged for. */
    enum Meter {
        INPUT("Input Tokens", true),
        OUTPUT("Output Tokens", true),
        CACHE_READ("Cache Read Tokens", true),
        CACHE_WRITE("Cache Write Tokens", true),
        /** Tools, requests, and the whole of a cost that was reported. */
        OTHER("Requests", false);

        private final String text;
        private final boolean tokens;

        Meter(String text, boolean tokens) {
            this.text = text;
            this.tokens = tokens;
        }

        String text() {
            return text;
        }

        String consumedUnit() {
            return tokens ? "Tokens" : "Requests";
        }

        String pricingUnit() {
            return tokens ? "1000000 Tokens" : "Requests";
        }
    }

    /** At least one: a call that cost nothing is a charge of nothing. */
    static List<FocusCharge> of(UsageCall call) {
        var charges = new ArrayList<FocusCharge>(4);
        add(
                charges,
                call,
                Meter.INPUT,
                call.inputTokens() + call.inputAudioTokens() + call.inputImageTokens(),
                call.inputCost());
        add(
                charges,
                call,
                Meter.OUTPUT,
                call.outputTokens() + call.outputAudioTokens() + call.outputImageTokens(),
                call.outputCost());
        add(charges, call, Meter.CACHE_READ, call.cacheReadTokens(), call.cacheReadCost());
        add(
                charges,
                call,
                Meter.CACHE_WRITE,
                call.cacheWriteTokens() + call.cacheWrite1hTokens(),
                call.cacheWriteCost());
        if (charges.isEmpty() || call.otherCost().amount().signum() != 0) {
            charges.add(new FocusCharge(call, Meter.OTHER, BigDecimal.valueOf(call.requests()), call.otherCost()));
        }
        return charges;
    }

    private static void add(List<FocusCharge> charges, UsageCall call, Meter meter, long tokens, Money cost) {
        if (tokens != 0 || cost.amount().signum() != 0) {
            charges.add(new FocusCharge(call, meter, BigDecimal.valueOf(tokens), cost));
        }
    }

    /** In pricing units. */
    BigDecimal pricingQuantity() {
        return meter.tokens ? quantity.movePointLeft(6) : quantity;
    }

    /** US dollars a pricing unit: the price, or the mean one where a meter is of several kinds; null of nothing. */
    @Nullable
    BigDecimal unitPrice() {
        if (quantity.signum() == 0) {
            return null;
        }
        var scaled = meter.tokens ? cost.amount().multiply(MILLION) : cost.amount();
        var price = scaled.divide(quantity, PRICE_SCALE, RoundingMode.HALF_EVEN).stripTrailingZeros();
        return price.signum() == 0 ? BigDecimal.ZERO : price;
    }
}
