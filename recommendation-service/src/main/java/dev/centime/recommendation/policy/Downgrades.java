package dev.centime.recommendation.policy;

import dev.centime.contracts.Money;
import dev.centime.contracts.price.PriceBook;
import dev.centime.contracts.price.PriceVersion;
import dev.centime.recommendation.event.Advice;
import dev.centime.recommendation.event.Advice.Alternative;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Finds cheaper models for what is used: of the same provider, able to answer the same calls, and either measured to be not far
 * below, or named by the provider as successor, or by its name a smaller sibling.
 *
 * @param prices by which calls are priced
 * @param organization whose contract prices come before the catalogue's
 * @param from first day looked at
 * @param now the moment whose prices count; its day in UTC is the last one looked at
 */
public record Downgrades(PriceBook prices, String organization, LocalDate from, Instant now) {
    private static final BigDecimal LEAST_MONTHLY_SAVING = BigDecimal.ONE;
    private static final double LEAST_SHARE = 0.10;
    private static final int MONTH_DAYS = 30;
    private static final int MOST_ALTERNATIVES = 3;
    private static final int DIGITS = 6;

    /** @param all spend of the organization in the same days, against which a saving is large or small */
    public Optional<Advice> of(Usage usage, Money all) {
        var found = candidates(usage);
        return found.stream()
                .findFirst()
                .filter(best -> best.share() >= LEAST_SHARE)
                .filter(best -> monthly(best.saving(), usage).amount().compareTo(LEAST_MONTHLY_SAVING) >= 0)
                .map(best -> advice(usage, best, found.subList(1, found.size()), all));
    }

    /** All that would have been cheaper, the best first. */
    public List<Candidate> candidates(Usage usage) {
        var current = inForce(usage);
        return prices.all(organization).stream()
                .filter(version -> version.price().provider().equalsIgnoreCase(usage.provider()))
                .flatMap(version -> charged(version).stream())
                .flatMap(version ->
                        Candidate.of(usage, current == null ? null : current.price(), version, today()).stream())
                .sorted(Comparator.comparing(Candidate::weight)
                        .reversed()
                        .thenComparing(candidate -> candidate.price().modelName()))
                .toList();
    }

    private @Nullable PriceVersion inForce(Usage usage) {
        return prices.inForce(
                organization, new dev.centime.contracts.Model(usage.provider(), usage.model(), null, null), now);
    }

    /** The price as it is charged now: with the organization's discount, if it has one. Empty when another is in force. */
    private Optional<PriceVersion> charged(PriceVersion version) {
        var model = new dev.centime.contracts.Model(
                version.price().provider(), version.price().modelName(), null, null);
        return Optional.ofNullable(prices.inForce(organization, model, now))
                .filter(held -> held.equals(version) || held.priceId().startsWith(version.priceId() + "/"));
    }

    private LocalDate today() {
        return now.atZone(java.time.ZoneOffset.UTC).toLocalDate();
    }

    private Advice advice(Usage usage, Candidate best, List<Candidate> others, Money all) {
        var from = usage.model();
        var to = best.price().modelName();
        return new Advice(
                Advice.Type.MODEL_DOWNGRADE,
                usage.operation() == null
                        ? "Use " + to + " instead of " + from
                        : "Use " + to + " instead of " + from + " for " + usage.operation(),
                description(usage, best),
                monthly(usage.cost(), usage),
                monthly(best.repriced(), usage),
                monthly(best.saving(), usage),
                best.percentage(),
                Priority.of(best, confidence(usage, best), all),
                confidence(usage, best),
                Advice.Difficulty.EASY,
                best.quality().impact(),
                best.quality().change(),
                new Advice.Action("switch_model", usage.provider(), from, to),
                evidence(usage, best, others));
    }

    private static String description(Usage usage, Candidate best) {
        return "%,d calls of %s cost $%s. The same tokens at the prices of %s cost $%s. %s"
                .formatted(
                        usage.requests(),
                        usage.model(),
                        shown(usage.cost()),
                        best.price().modelName(),
                        shown(best.repriced()),
                        quality(best.quality().change()));
    }

    /** As people say it: how much better or worse, in whole percent. @param change as a fraction; null when never measured */
    private static String quality(@Nullable Double change) {
        if (change == null) {
            return "How its quality compares was never measured: try it on a sample first.";
        }
        var percent = Math.round(100 * change);
        if (percent == 0) {
            return "Its measured quality is the same.";
        }
        return "Its measured quality is %d %% %s.".formatted(Math.abs(percent), percent > 0 ? "higher" : "lower");
    }

    private static String shown(Money amount) {
        return amount.amount().setScale(2, RoundingMode.HALF_UP).toPlainString();
    }

    private Advice.Evidence evidence(Usage usage, Candidate best, List<Candidate> others) {
        return new Advice.Evidence(
                from,
                today(),
                usage.days(),
                filter(usage),
                usage.requests(),
                usage.totalTokens(),
                usage.cost(),
                best.repriced(),
                others.stream()
                        .limit(MOST_ALTERNATIVES)
                        .map(Downgrades::alternative)
                        .toList(),
                List.of(
                        "the other model would have used the same tokens",
                        "fees for tools and requests stay what they were",
                        "the next month brings as many calls as the days since the first of these"));
    }

    private static Map<String, List<String>> filter(Usage usage) {
        var filter = new TreeMap<String, List<String>>();
        filter.put("provider", List.of(usage.provider()));
        filter.put("model", List.of(usage.model()));
        if (usage.operation() != null) {
            filter.put("operation", List.of(usage.operation()));
        }
        return filter;
    }

    public static Alternative alternative(Candidate candidate) {
        return new Alternative(
                candidate.price().provider(),
                candidate.price().modelName(),
                candidate.repriced(),
                candidate.percentage(),
                candidate.quality().impact(),
                candidate.quality().change());
    }

    /** What an amount of these days is in 30 days. */
    private Money monthly(Money amount, Usage usage) {
        long days = ChronoUnit.DAYS.between(usage.first(), today()) + 1;
        return Money.of(amount.amount()
                .multiply(BigDecimal.valueOf(MONTH_DAYS))
                .divide(BigDecimal.valueOf(days), DIGITS, RoundingMode.HALF_EVEN));
    }

    /** More calls on more days say more, and so does a measured quality. */
    private static double confidence(Usage usage, Candidate best) {
        double calls = usage.requests() / (usage.requests() + 30.0);
        double days = usage.days() / (usage.days() + 2.0);
        return BigDecimal.valueOf(calls * days * best.quality().trust())
                .setScale(2, RoundingMode.HALF_EVEN)
                .doubleValue();
    }
}
