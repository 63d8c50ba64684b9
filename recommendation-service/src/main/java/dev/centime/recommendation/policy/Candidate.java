package dev.centime.recommendation.policy;

import dev.centime.contracts.Money;
import dev.centime.contracts.Price;
import dev.centime.contracts.price.PriceVersion;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Another model, and what the calls would have cost with it.
 *
 * @param saving above zero
 */
public record Candidate(Price price, Quality quality, Money repriced, Money saving, double share) {
    /** Empty when it could not have answered these calls, is not to be compared with the model in use, or saves nothing. */
    static Optional<Candidate> of(Usage usage, @Nullable Price current, PriceVersion version, LocalDate today) {
        var price = version.price();
        if (price.modelName().equalsIgnoreCase(usage.model()) || !answers(usage, price) || retired(price, today)) {
            return Optional.empty();
        }
        return Quality.between(usage.model(), current, price)
                .flatMap(quality -> Repricing.of(usage, version).flatMap(cost -> cheaper(usage, price, quality, cost)));
    }

    private static Optional<Candidate> cheaper(Usage usage, Price price, Quality quality, Money repriced) {
        var saving = usage.cost().minus(repriced);
        return saving.amount().signum() <= 0
                ? Optional.empty()
                : Optional.of(new Candidate(price, quality, repriced, saving, share(saving, usage.cost())));
    }

    private static boolean answers(Usage usage, Price price) {
        return (price.contextWindow() == null
                        || usage.largestContext() + usage.largestOutput() <= price.contextWindow())
                && (price.maxOutputTokens() == null || usage.largestOutput() <= price.maxOutputTokens())
                && (!usage.drawsImages() || draws(price));
    }

    /** A model without a price for images makes none: its text would be no answer. */
    private static boolean draws(Price price) {
        return price.rates().values().stream().anyMatch(rates -> rates.outputImage() != null);
    }

    private static boolean retired(Price price, LocalDate today) {
        // ISO dates sort as text.
        return price.deprecatedOn() != null && price.deprecatedOn().compareTo(today.toString()) <= 0;
    }

    private static double share(Money part, Money whole) {
        return part.amount().divide(whole.amount(), MathContext.DECIMAL32).doubleValue();
    }

    /** What orders candidates: the saving, as far as the quality is to be trusted. */
    public BigDecimal weight() {
        return saving.amount().multiply(BigDecimal.valueOf(quality.trust()));
    }

    double percentage() {
        return BigDecimal.valueOf(100 * share)
                .setScale(2, RoundingMode.HALF_EVEN)
                .doubleValue();
    }
}
