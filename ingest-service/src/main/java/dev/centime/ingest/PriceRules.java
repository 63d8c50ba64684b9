package dev.centime.ingest;

import dev.centime.contracts.Money;
import dev.centime.contracts.Price;
import dev.centime.kit.Problem;
import dev.centime.kit.Problem.FieldError;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What a price must be, so that any call by it has an exact cost that the ledger can hold. */
public final class PriceRules {
    private static final BigDecimal MAX_PRICE = new BigDecimal("1000000");
    private static final int MAX_PRICE_DECIMALS = 9;
    private static final BigDecimal MAX_UPLIFT = new BigDecimal("100");

    /** With those of a price, the millionth and this, a cost has at most 18. */
    private static final int MAX_UPLIFT_DECIMALS = 3;

    /** A discounted price then keeps what decimals it has, save a few. */
    private static final int MAX_PERCENT_DECIMALS = 2;

    private static final int MAX_ENTRIES = 50;
    private static final List<String> CLASSES = List.of("small", "standard", "large");
    private static final List<String> TIERS = List.of("standard", "batch", "priority", "flex", "fast");
    private static final LocalDate FIRST = LocalDate.of(2000, 1, 1);
    private static final LocalDate LAST = LocalDate.of(2999, 12, 31);
    private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);

    private final List<FieldError> errors = new ArrayList<>();

    private PriceRules() {}

    /**
     * @param contract whether it is to hold for one organization
     * @throws Problem 422 naming every field that is wrong
     */
    public static void check(ModelPrice price, boolean contract) {
        var errors = faults(price, contract);
        if (!errors.isEmpty()) {
            throw Problem.unprocessable(errors);
        }
    }

    /** Every field that is wrong; empty for a price that can be set. */
    public static List<FieldError> faults(ModelPrice price, boolean contract) {
        var rules = new PriceRules();
        rules.fields(price);
        if (price.discountPercent() == null) {
            rules.charges(price);
        } else {
            rules.discount(price, contract);
        }
        if (rules.errors.isEmpty()) {
            rules.rates(price.toPrice());
        }
        return List.copyOf(rules.errors);
    }

    /** As {@link #faults(ModelPrice, boolean)}, of a price of the catalogue that came in another form. */
    public static List<FieldError> faults(Price price) {
        var rules = new PriceRules();
        rules.name("provider", price.provider(), 64);
        rules.name("model_name", price.modelName(), 200);
        rules.rates(price);
        return List.copyOf(rules.errors);
    }

    private void charges(ModelPrice price) {
        refuse(
                active(price)
                        && price.inputPrice() == null
                        && price.outputPrice() == null
                        && price.requestPrice() == null,
                "input_price",
                "is required, or an output_price, request_price or discount_percent");
        refuse(
                active(price) && Price.ANY.equals(price.modelName()),
                "model_name",
                "must name a model, unless it is a discount");
        refuse(
                active(price) && Price.ANY.equals(price.provider()),
                "provider",
                "must name a provider, unless it is a discount");
    }

    private void discount(ModelPrice price, boolean contract) {
        var percent = Objects.requireNonNull(price.discountPercent());
        refuse(
                !contract,
                "discount_percent",
                "needs X-Organization: the catalogue's prices are what is taken off from");
        refuse(
                percent.signum() < 0
                        || percent.compareTo(HUNDRED) > 0
                        || percent.stripTrailingZeros().scale() > MAX_PERCENT_DECIMALS,
                "discount_percent",
                "must be from 0 to 100 with at most " + MAX_PERCENT_DECIMALS + " decimals");
        refuse(
                Price.ANY.equals(price.provider()) && !Price.ANY.equals(price.modelName()),
                "provider",
                "must name a provider, unless model_name is * as well");
        if (errors.isEmpty()) {
            var own = price.toPrice();
            refuse(
                    !own.rates().isEmpty()
                            || !own.steps().isEmpty()
                            || !own.toolCallPrices().isEmpty()
                            || !own.regionUplifts().isEmpty()
                            || own.requestPrice() != null,
                    "discount_percent",
                    "cannot stand beside prices");
        }
    }

    private static boolean active(ModelPrice price) {
        return price.isActive() == null || price.isActive();
    }

    private void fields(ModelPrice price) {
        name("provider", price.provider(), 64);
        name("model_name", price.modelName(), 200);
        refuse(
                price.modelTier() != null && !CLASSES.contains(price.modelTier()),
                "model_tier",
                "must be one of " + String.join(", ", CLASSES));
        refuse(outside(price.effectiveDate()), "effective_date", "must be from " + FIRST + " to " + LAST);
        refuse(outside(price.deprecatedOn()), "deprecated_on", "must be from " + FIRST + " to " + LAST);
        refuse(
                price.qualityScore() != null
                        && (price.qualityScore().signum() < 0
                                || price.qualityScore().compareTo(HUNDRED) > 0),
                "quality_score",
                "must be from 0 to 100");
        refuse(price.contextWindow() != null && price.contextWindow() < 1, "context_window", "must be at least 1");
        refuse(
                price.maxOutputTokens() != null && price.maxOutputTokens() < 1,
                "max_output_tokens",
                "must be at least 1");
        refuse(price.notes() != null && price.notes().length() > 2000, "notes", "must have at most 2000 characters");
        refuse(unreadable(price.notes()), "notes", "must be valid text");
        refuse(
                price.replacementModel() != null && price.replacementModel().length() > 200,
                "replacement_model",
                "must have at most 200 characters");
        refuse(unreadable(price.replacementModel()), "replacement_model", "must be valid text");
        refuse(
                price.qualitySource() != null
                        && (price.qualitySource().length() > 200 || unreadable(price.qualitySource())),
                "quality_source",
                "must be valid text of at most 200 characters");
        aliases(price.aliases() == null ? List.of() : price.aliases());
        var steps = price.steps() == null ? List.<ModelPrice.Step>of() : price.steps();
        refuse(steps.size() > MAX_ENTRIES, "steps", "must have at most " + MAX_ENTRIES + " items");
        for (int i = 0; i < steps.size(); i++) {
            //noinspection ConstantValue: JSON may have null there
            if (steps.get(i) == null) {
                refuse(true, "steps[" + i + "]", "must be an object");
            } else {
                step(i, steps.get(i));
            }
        }
        checkKeys("tool_call_prices", price.toolCallPrices());
        checkKeys("region_uplifts", price.regionUplifts());
        refuse(sameRegions(price.regionUplifts()), "region_uplifts", "must name a region once, in capitals or not");
    }

    private void aliases(List<String> aliases) {
        refuse(aliases.size() > MAX_ENTRIES, "aliases", "must have at most " + MAX_ENTRIES + " items");
        for (int i = 0; i < aliases.size(); i++) {
            name("aliases[" + i + "]", aliases.get(i), 200);
            refuse(Price.ANY.equals(aliases.get(i)), "aliases[" + i + "]", "must name a model");
        }
    }

    private void step(int index, ModelPrice.Step step) {
        var field = "steps[" + index + "].";
        refuse(
                step.tier() != null && !TIERS.contains(step.tier()),
                field + "tier",
                "must be one of " + String.join(", ", TIERS));
        refuse(
                step.aboveTokens() == null || step.aboveTokens() < 1,
                field + "above_tokens",
                "is required and at least 1");
    }

    private void checkKeys(String field, @Nullable Map<String, ?> entries) {
        if (entries == null) {
            return;
        }
        refuse(entries.size() > MAX_ENTRIES, field, "must have at most " + MAX_ENTRIES + " entries");
        entries.forEach((key, value) -> {
            refuse(
                    key.isBlank() || key.length() > 128 || unreadable(key),
                    field,
                    "must have readable names of 1 to 128 characters");
            //noinspection ConstantValue: JSON may have null there
            refuse(value == null, field + "." + key, "must not be null");
        });
    }

    private static boolean sameRegions(@Nullable Map<String, ?> uplifts) {
        return uplifts != null
                && uplifts.keySet().stream()
                                .map(region -> region.toLowerCase(Locale.ROOT))
                                .distinct()
                                .count()
                        < uplifts.size();
    }

    private void rates(Price price) {
        price.rates().forEach((tier, rates) -> rates(tier.equals(Price.STANDARD) ? "" : tier + "_", rates));
        for (int i = 0; i < price.steps().size(); i++) {
            rates("steps[" + i + "].", price.steps().get(i).rates());
        }
        dollars("request_price", price.requestPrice());
        price.toolCallPrices().forEach((tool, perCall) -> dollars("tool_call_prices." + tool, perCall));
        price.regionUplifts()
                .forEach((region, factor) -> refuse(
                        factor.signum() <= 0
                                || factor.compareTo(MAX_UPLIFT) > 0
                                || factor.stripTrailingZeros().scale() > MAX_UPLIFT_DECIMALS,
                        "region_uplifts." + region,
                        "must be above 0, at most 100, with at most " + MAX_UPLIFT_DECIMALS + " decimals"));
    }

    private void rates(String prefix, Price.Rates rates) {
        dollars(prefix + "input_price", rates.input());
        dollars(prefix + "output_price", rates.output());
        dollars(prefix + "cache_read_price", rates.cacheRead());
        dollars(prefix + "cache_write_price", rates.cacheWrite());
        dollars(prefix + "cache_write_1h_price", rates.cacheWrite1h());
        dollars(prefix + "reasoning_price", rates.reasoning());
        dollars(prefix + "input_audio_price", rates.inputAudio());
        dollars(prefix + "output_audio_price", rates.outputAudio());
        dollars(prefix + "input_image_price", rates.inputImage());
        dollars(prefix + "output_image_price", rates.outputImage());
    }

    private void dollars(String field, @Nullable Money price) {
        refuse(
                price != null
                        && (price.isNegative()
                                || price.amount().compareTo(MAX_PRICE) > 0
                                || price.amount().scale() > MAX_PRICE_DECIMALS),
                field,
                "must be from 0 to " + MAX_PRICE + " with at most " + MAX_PRICE_DECIMALS + " decimals");
    }

    private void name(String field, @Nullable String value, int maxLength) {
        if (value == null || value.isBlank()) {
            refuse(true, field, "is required");
        } else {
            refuse(value.length() > maxLength, field, "must have at most " + maxLength + " characters");
            refuse(unreadable(value), field, "must be valid text without control characters");
        }
    }

    private static boolean unreadable(@Nullable String text) {
        return text != null
                && text.codePoints()
                        .anyMatch(c -> Character.isISOControl(c) && c != '\n'
                                || c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE);
    }

    private static boolean outside(@Nullable LocalDate date) {
        return date != null && (date.isBefore(FIRST) || date.isAfter(LAST));
    }

    private void refuse(boolean wrong, String field, String reason) {
        if (wrong) {
            errors.add(new FieldError(field, reason));
        }
    }
}
