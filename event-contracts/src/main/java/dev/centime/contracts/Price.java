package dev.centime.contracts;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a provider charges for a model.
 *
 * @param provider such as {@code openai}
 * @param modelName the model's name at that provider
 * @param modelClass small, standard or large; null when unknown
 * @param rates the rates of each service tier; {@code standard} is always there
 * @param steps rates that replace those of a tier for calls with a larger context, ascending; empty when there are none
 * @param toolCallPrices US dollars per call by tool name
 * @param requestPrice US dollars per request, null when there is no such fee
 * @param regionUplifts a factor on the cost of tokens by region, such as 1.1; on fees there is none
 * @param contextWindow tokens, null when unknown
 * @param maxOutputTokens tokens, null when unknown
 * @param qualityScore 0 to 100, null when unknown
 * @param qualitySource who measured it
 * @param replacementModel what the provider names as successor
 * @param deprecatedOn the day on which the provider retires it, ISO 8601
 * @param aliases other names that mean this model
 * @param discountPercent of a contract: what is taken off the catalogue's price, which then says all else; null for a price
 *     that stands for itself
 */
public record Price(
        String provider,
        String modelName,
        @Nullable String modelClass,
        Map<String, Rates> rates,
        List<Step> steps,
        Map<String, Money> toolCallPrices,
        @Nullable Money requestPrice,
        Map<String, BigDecimal> regionUplifts,
        @Nullable Long contextWindow,
        @Nullable Long maxOutputTokens,
        @Nullable BigDecimal qualityScore,
        @Nullable String qualitySource,
        @Nullable String replacementModel,
        @Nullable String deprecatedOn,
        List<String> aliases,
        boolean active,
        @Nullable String notes,
        @Nullable BigDecimal discountPercent) {

    public static final String STANDARD = "standard";

    /** A dearer tier that not every model has: without a price of its own it has none, never the standard one. */
    public static final String FAST = "fast";

    /** As provider or model of a discount: all of them. */
    public static final String ANY = "*";

    public Price {
        //noinspection ConstantValue: absent in JSON when empty
        rates = rates == null ? Map.of() : Map.copyOf(rates);
        steps = steps == null ? List.of() : List.copyOf(steps);
        toolCallPrices = toolCallPrices == null ? Map.of() : Map.copyOf(toolCallPrices);
        regionUplifts = regionUplifts == null ? Map.of() : Map.copyOf(regionUplifts);
        aliases = aliases == null ? List.of() : List.copyOf(aliases);
    }

    /**
     * US dollars per 1,000,000 tokens of each kind. A missing cache rate is the input rate, a missing reasoning rate the
     * output rate, a missing audio or image rate that of text.
     */
    public record Rates(
            @Nullable Money input,
            @Nullable Money output,
            @Nullable Money cacheRead,
            @Nullable Money cacheWrite,
            @JsonProperty("cache_write_1h") @Nullable Money cacheWrite1h,
            @Nullable Money reasoning,
            @Nullable Money inputAudio,
            @Nullable Money outputAudio,
            @Nullable Money inputImage,
            @Nullable Money outputImage) {}

    /**
     * Rates for calls whose context is larger than a size.
     *
     * @param tier the service tier it belongs to
     * @param aboveTokens it holds when input + cache read + cache write is more than this
     */
    public record Step(String tier, long aboveTokens, Rates rates) {}
}
