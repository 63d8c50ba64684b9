package dev.centime.ingest;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.centime.contracts.Money;
import dev.centime.contracts.Price;
import dev.centime.contracts.Price.Rates;
import dev.centime.contracts.price.PriceVersion;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * A price as the REST contract writes it: in a request what is to be set, in an answer what was. US dollars per 1,000,000 tokens.
 */
@Schema(
        name = "ModelPrice",
        description = "US dollars per 1,000,000 tokens. Missing tier prices are the standard one, save those of fast;"
                + " missing cache prices the input price.")
public record ModelPrice(
        @Schema(readOnly = true) @Nullable String id,
        @Schema(required = true) @Nullable String provider,
        @Schema(required = true) @Nullable String modelName,

        @Schema(description = "small, standard or large") @Nullable
        String modelTier,

        @Nullable Money inputPrice,
        @Nullable Money outputPrice,
        @Nullable Money cacheReadPrice,
        @Nullable Money cacheWritePrice,
        @JsonProperty("cache_write_1h_price") @Nullable Money cacheWrite1hPrice,
        @Nullable Money reasoningPrice,
        @Nullable Money inputAudioPrice,
        @Nullable Money outputAudioPrice,
        @Nullable Money inputImagePrice,
        @Nullable Money outputImagePrice,
        @Nullable Money batchInputPrice,
        @Nullable Money batchOutputPrice,
        @Nullable Money batchCacheReadPrice,
        @Nullable Money batchCacheWritePrice,

        @JsonProperty("batch_cache_write_1h_price") @Nullable
        Money batchCacheWrite1hPrice,

        @Nullable Money priorityInputPrice,
        @Nullable Money priorityOutputPrice,
        @Nullable Money priorityCacheReadPrice,
        @Nullable Money flexInputPrice,
        @Nullable Money flexOutputPrice,
        @Nullable Money flexCacheReadPrice,

        @Schema(description = "Fast mode; without it a fast call has no price, for the standard one does not stand in")
        @Nullable
        Money fastInputPrice,

        @Nullable Money fastOutputPrice,
        @Nullable Money fastCacheReadPrice,
        @Nullable Money fastCacheWritePrice,

        @JsonProperty("fast_cache_write_1h_price") @Nullable Money fastCacheWrite1hPrice,

        @Schema(description = "Rates for calls whose input, cached or not, is larger") @Nullable
        List<Step> steps,

        @Schema(description = "US dollars a request") @Nullable
        Money requestPrice,

        @Schema(description = "US dollars a call by tool name") @Nullable
        Map<String, Money> toolCallPrices,

        @Schema(description = "A factor on the cost of tokens by region; fees have none") @Nullable
        Map<String, BigDecimal> regionUplifts,

        @Nullable Long contextWindow,
        @Nullable Long maxOutputTokens,

        @Schema(description = "0 to 100; null when nobody is known to have measured it") @Nullable
        BigDecimal qualityScore,

        @Schema(description = "Who measured the quality") @Nullable
        String qualitySource,

        @Nullable String replacementModel,
        @Nullable LocalDate deprecatedOn,

        @Schema(description = "Other names that mean this model") @Nullable
        List<String> aliases,

        @Schema(
                description =
                        "With X-Organization only, and instead of prices: what is taken off all that the catalogue"
                                + " charges. model_name may be * for all models of the provider, and provider * for all there are."
                                + " The most specific one holds; a contract price is not discounted.")
        @Nullable
        BigDecimal discountPercent,

        @Schema(description = "false withdraws the price from its date on") @Nullable
        Boolean isActive,

        @Schema(description = "From 00:00 UTC of that day; null in an answer is the beginning of time") @Nullable
        LocalDate effectiveDate,

        @Nullable String notes,

        @Schema(readOnly = true, description = "catalogue or contract") @Nullable
        String kind,

        @Schema(readOnly = true, description = "bundled, file or api") @Nullable
        String origin,

        @Schema(readOnly = true) @Nullable Instant setAt,

        @Schema(readOnly = true, description = "A later version has taken its place") @Nullable
        Boolean superseded,

        @Schema(
                readOnly = true,
                description =
                        "In the answer to a price of the past: calls that keep what they cost, and how to price them again")
        @Nullable
        RepriceOffer reprice) {

    private static final Rates NONE = rates(null, null, null, null, null);

    /** @param tier standard by default */
    @Schema(name = "PriceStep")
    public record Step(
            @Nullable String tier,
            @Nullable Long aboveTokens,
            @Nullable Money inputPrice,
            @Nullable Money outputPrice,
            @Nullable Money cacheReadPrice,
            @Nullable Money cacheWritePrice,
            @JsonProperty("cache_write_1h_price") @Nullable Money cacheWrite1hPrice) {}

    /** A price that was set. */
    public static ModelPrice of(PriceVersion version) {
        return of(version, null);
    }

    /** A price that was set just now. */
    public static ModelPrice of(PriceVersion version, @Nullable RepriceOffer offer) {
        var price = version.price();
        var standard = rates(price, Price.STANDARD);
        var batch = rates(price, "batch");
        var priority = rates(price, "priority");
        var flex = rates(price, "flex");
        var fast = rates(price, Price.FAST);
        return new ModelPrice(
                version.priceId(),
                price.provider(),
                price.modelName(),
                price.modelClass(),
                standard.input(),
                standard.output(),
                standard.cacheRead(),
                standard.cacheWrite(),
                standard.cacheWrite1h(),
                standard.reasoning(),
                standard.inputAudio(),
                standard.outputAudio(),
                standard.inputImage(),
                standard.outputImage(),
                batch.input(),
                batch.output(),
                batch.cacheRead(),
                batch.cacheWrite(),
                batch.cacheWrite1h(),
                priority.input(),
                priority.output(),
                priority.cacheRead(),
                flex.input(),
                flex.output(),
                flex.cacheRead(),
                fast.input(),
                fast.output(),
                fast.cacheRead(),
                fast.cacheWrite(),
                fast.cacheWrite1h(),
                price.steps().stream().map(ModelPrice::step).toList(),
                price.requestPrice(),
                price.toolCallPrices(),
                price.regionUplifts(),
                price.contextWindow(),
                price.maxOutputTokens(),
                price.qualityScore(),
                price.qualitySource(),
                price.replacementModel(),
                price.deprecatedOn() == null ? null : LocalDate.parse(price.deprecatedOn()),
                price.aliases(),
                price.discountPercent(),
                price.active(),
                version.effectiveFrom() == null ? null : LocalDate.ofInstant(version.effectiveFrom(), ZoneOffset.UTC),
                price.notes(),
                version.organization() == null ? "catalogue" : "contract",
                version.origin(),
                version.setAt(),
                version.superseded(),
                offer);
    }

    /** What is to be set. @throws NullPointerException without provider or model name */
    public Price toPrice() {
        var rates = new HashMap<String, Rates>();
        putIfAny(
                rates,
                Price.STANDARD,
                new Rates(
                        inputPrice,
                        outputPrice,
                        cacheReadPrice,
                        cacheWritePrice,
                        cacheWrite1hPrice,
                        reasoningPrice,
                        inputAudioPrice,
                        outputAudioPrice,
                        inputImagePrice,
                        outputImagePrice));
        put(
                rates,
                "batch",
                batchInputPrice,
                batchOutputPrice,
                batchCacheReadPrice,
                batchCacheWritePrice,
                batchCacheWrite1hPrice);
        put(rates, "priority", priorityInputPrice, priorityOutputPrice, priorityCacheReadPrice, null, null);
        put(rates, "flex", flexInputPrice, flexOutputPrice, flexCacheReadPrice, null, null);
        put(
                rates,
                Price.FAST,
                fastInputPrice,
                fastOutputPrice,
                fastCacheReadPrice,
                fastCacheWritePrice,
                fastCacheWrite1hPrice);
        return new Price(
                Objects.requireNonNull(provider),
                Objects.requireNonNull(modelName),
                modelTier,
                rates,
                steps == null ? List.of() : steps.stream().map(ModelPrice::step).toList(),
                toolCallPrices == null ? Map.of() : toolCallPrices,
                requestPrice,
                regionUplifts == null ? Map.of() : regionUplifts,
                contextWindow,
                maxOutputTokens,
                qualityScore,
                qualitySource,
                replacementModel,
                deprecatedOn == null ? null : deprecatedOn.toString(),
                aliases == null ? List.of() : aliases,
                isActive == null || isActive,
                notes,
                discountPercent);
    }

    private static Rates rates(Price price, String tier) {
        return price.rates().getOrDefault(tier, NONE);
    }

    private static Rates rates(
            @Nullable Money input,
            @Nullable Money output,
            @Nullable Money read,
            @Nullable Money write,
            @Nullable Money write1h) {
        return new Rates(input, output, read, write, write1h, null, null, null, null, null);
    }

    private static void put(
            Map<String, Rates> rates,
            String tier,
            @Nullable Money input,
            @Nullable Money output,
            @Nullable Money read,
            @Nullable Money write,
            @Nullable Money write1h) {
        putIfAny(rates, tier, rates(input, output, read, write, write1h));
    }

    private static void putIfAny(Map<String, Rates> rates, String tier, Rates given) {
        if (!given.equals(NONE)) {
            rates.put(tier, given);
        }
    }

    private static Step step(Price.Step step) {
        var rates = step.rates();
        return new Step(
                step.tier(),
                step.aboveTokens(),
                rates.input(),
                rates.output(),
                rates.cacheRead(),
                rates.cacheWrite(),
                rates.cacheWrite1h());
    }

    private static Price.Step step(Step step) {
        return new Price.Step(
                step.tier == null ? Price.STANDARD : step.tier,
                step.aboveTokens == null ? 0 : step.aboveTokens,
                rates(
                        step.inputPrice,
                        step.outputPrice,
                        step.cacheReadPrice,
                        step.cacheWritePrice,
                        step.cacheWrite1hPrice));
    }
}
