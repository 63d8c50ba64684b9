package dev.centime.ingest.catalogue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.centime.contracts.Money;
import dev.centime.contracts.Price;
import dev.centime.contracts.Price.Rates;
import dev.centime.ingest.PriceRules;
import dev.centime.kit.Problem.FieldError;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** One entry of LiteLLM's file, read as a price. US dollars per token there, per million here. */
final class LiteLlmEntry {
    private static final Pattern RATE = Pattern.compile(
            "^(input_cost_per_token|output_cost_per_token|cache_read_input_token_cost"
                    + "|cache_creation_input_token_cost|cache_creation_input_token_cost_above_1hr|input_cost_per_token_cache_hit"
                    + "|output_cost_per_reasoning_token|input_cost_per_audio_token|output_cost_per_audio_token"
                    + "|input_cost_per_image_token|output_cost_per_image_token)(?:_above_(\\d{1,9})k_tokens)?(?:_(flex|priority|batches))?$");

    private static final String SPECIFIC = "provider_specific_entry";
    private static final String UPLIFT = "regional_processing_uplift_multiplier_";

    /** Of several ways to charge one thing, what a caller gets who asks for nothing special. */
    private static final String SEARCH_SIZE = "search_context_size_medium";

    /** More digits than any provider states: what floating point left behind in the source. */
    static final int MAX_DECIMALS = 9;

    private static final int MAX_SCALE = 40;

    private static final BigDecimal NOISE = new BigDecimal("1e-11");

    private final String key;
    private final JsonNode entry;

    private LiteLlmEntry(String key, JsonNode entry) {
        this.key = key;
        this.entry = entry;
    }

    /** @throws Unusable for what is not charged by token or request, and for what has no price that the ledger can hold */
    static Price of(String key, JsonNode entry) throws Unusable {
        if (!entry.path("litellm_provider").isTextual()) {
            throw new Unusable("litellm_provider", "must name the provider");
        }
        var price = new LiteLlmEntry(key, entry).price();
        var faults = PriceRules.faults(price);
        if (!faults.isEmpty()) {
            throw new Unusable(faults.getFirst().field(), faults.getFirst().reason());
        }
        return price;
    }

    /** Why an entry is no price. */
    static final class Unusable extends Exception {
        private static final long serialVersionUID = 1L;
        private final FieldError error;

        Unusable(String field, String reason) {
            super(reason, null, false, false);
            this.error = new FieldError(field, reason);
        }

        FieldError error() {
            return error;
        }
    }

    private Price price() throws Unusable {
        var tiers = new TreeMap<String, Map<String, Money>>();
        var steps = new TreeMap<String, Map<Long, Map<String, Money>>>();
        for (var field : entry.properties()) {
            var match = RATE.matcher(field.getKey());
            if (match.matches() && field.getValue().isNumber()) {
                var tier = tier(match.group(3));
                var rates = match.group(2) == null
                        ? tiers.computeIfAbsent(tier, _ -> new HashMap<>())
                        : steps.computeIfAbsent(tier, _ -> new TreeMap<>())
                                .computeIfAbsent(thousands(match.group(2)), _ -> new HashMap<>());
                rates.put(match.group(1), perMillion(field.getKey(), field.getValue()));
            }
        }
        addRanges(tiers, steps);
        var request = requestPrice();
        if (!tiers.containsKey(Price.STANDARD) && request == null || chargedOtherwise(tiers, request)) {
            throw new Unusable("input_cost_per_token", "is missing: it is not charged by token or request");
        }
        complete(tiers, steps);
        return build(tiers, steps, request);
    }

    /** What the file says of a model with a word or not at all. */
    private void complete(Map<String, Map<String, Money>> tiers, Map<String, Map<Long, Map<String, Money>>> steps)
            throws Unusable {
        if (AnthropicTerms.isClaude(key)) {
            tiers.values().forEach(AnthropicTerms::correctCacheWrites);
            steps.values().forEach(sizes -> sizes.values().forEach(AnthropicTerms::correctCacheWrites));
        }
        var standard = tiers.computeIfAbsent(Price.STANDARD, _ -> Map.of());
        AnthropicTerms.addBatch(provider(), tiers, standard);
        var fast = entry.path(SPECIFIC).path(Price.FAST);
        if (fast.isNumber()) {
            var factor = plain(SPECIFIC, fast);
            if (factor.signum() <= 0) {
                throw new Unusable(SPECIFIC, "must have a factor above 0 as fast");
            }
            tiers.put(Price.FAST, AnthropicTerms.times(standard, factor));
        }
    }

    private Price build(
            Map<String, Map<String, Money>> tiers,
            Map<String, Map<Long, Map<String, Money>>> steps,
            @Nullable Money request)
            throws Unusable {
        var rates = new TreeMap<String, Rates>();
        tiers.forEach((tier, fields) -> rates.put(tier, rates(fields)));
        var larger = new ArrayList<Price.Step>();
        steps.forEach((tier, sizes) ->
                sizes.forEach((above, fields) -> larger.add(new Price.Step(tier, above, rates(fields)))));
        var provider = provider();
        return new Price(
                provider,
                modelName(provider),
                null,
                rates,
                larger,
                toolPrices(),
                request,
                uplifts(),
                number("max_input_tokens"),
                number("max_output_tokens"),
                null,
                null,
                null,
                deprecation(),
                List.of(),
                true,
                null,
                null);
    }

    /** Prices by context size in the other of the file's two notations. */
    private void addRanges(Map<String, Map<String, Money>> tiers, Map<String, Map<Long, Map<String, Money>>> steps)
            throws Unusable {
        for (var range : entry.path("tiered_pricing")) {
            if (!range.path("range").path(0).isNumber()) {
                continue;
            }
            if (!range.path("range").get(0).canConvertToExactIntegral()
                    || !range.path("range").get(0).canConvertToLong()) {
                throw new Unusable("tiered_pricing", "must begin at a whole number of tokens");
            }
            var above = range.path("range").get(0).longValue();
            var rates = above == 0
                    ? tiers.computeIfAbsent(Price.STANDARD, _ -> new HashMap<>())
                    : steps.computeIfAbsent(Price.STANDARD, _ -> new TreeMap<>())
                            .computeIfAbsent(above, _ -> new HashMap<>());
            for (var field : range.properties()) {
                if (RATE.matcher(field.getKey()).matches() && field.getValue().isNumber()) {
                    rates.putIfAbsent(field.getKey(), perMillion(field.getKey(), field.getValue()));
                }
            }
        }
    }

    private static long thousands(String text) {
        return Long.parseLong(text) * 1000;
    }

    private static String tier(@Nullable String suffix) {
        return suffix == null ? Price.STANDARD : suffix.equals("batches") ? "batch" : suffix;
    }

    private static Rates rates(Map<String, Money> fields) {
        return new Rates(
                fields.get("input_cost_per_token"),
                fields.getOrDefault("output_cost_per_token", fields.get("output_cost_per_image_token")),
                fields.getOrDefault("cache_read_input_token_cost", fields.get("input_cost_per_token_cache_hit")),
                fields.get("cache_creation_input_token_cost"),
                fields.get("cache_creation_input_token_cost_above_1hr"),
                fields.get("output_cost_per_reasoning_token"),
                fields.get("input_cost_per_audio_token"),
                fields.get("output_cost_per_audio_token"),
                fields.get("input_cost_per_image_token"),
                fields.get("output_cost_per_image_token"));
    }

    private static Money perMillion(String field, JsonNode perToken) throws Unusable {
        var exact = plain(field, perToken).movePointRight(6);
        var stated = exact.setScale(MAX_DECIMALS, RoundingMode.HALF_EVEN);
        if (exact.subtract(stated).abs().compareTo(NOISE) > 0) {
            throw new Unusable(field, "has more digits than a price: " + perToken);
        }
        return Money.of(stated);
    }

    private static Money dollars(String field, JsonNode amount) throws Unusable {
        return Money.of(plain(field, amount));
    }

    /** Within what arithmetic is quick with: the exponent of a number in a file may be anything. */
    private static BigDecimal plain(String field, JsonNode number) throws Unusable {
        var value = number.decimalValue();
        if (Math.abs((long) value.scale()) > MAX_SCALE || value.precision() > MAX_SCALE) {
            throw new Unusable(field, "is no price: " + abbreviated(number));
        }
        return value.signum() == 0 ? BigDecimal.ZERO : value.stripTrailingZeros();
    }

    private static String abbreviated(JsonNode number) {
        var text = number.asText();
        return text.length() <= MAX_SCALE ? text : text.substring(0, MAX_SCALE) + "…";
    }

    /** Tokens that cost nothing beside seconds or pixels that do: by token it would be a silent zero. */
    private boolean chargedOtherwise(Map<String, Map<String, Money>> tiers, @Nullable Money request) {
        var free = (request == null || request.equals(Money.ZERO))
                && tiers.values().stream()
                        .flatMap(rates -> rates.values().stream())
                        .allMatch(Money.ZERO::equals);
        return free
                && entry.properties().stream()
                        .anyMatch(field -> field.getKey().contains("cost_per")
                                && field.getValue().isNumber()
                                && field.getValue().decimalValue().signum() > 0);
    }

    private @Nullable Money requestPrice() throws Unusable {
        for (var name : List.of("input_cost_per_request", "input_cost_per_query")) {
            if (entry.path(name).isNumber()) {
                return dollars(name, entry.get(name));
            }
        }
        return null;
    }

    private Map<String, Money> toolPrices() throws Unusable {
        var tools = new TreeMap<String, Money>();
        var search = entry.path("search_context_cost_per_query").path(SEARCH_SIZE);
        if (search.isNumber()) {
            tools.put("web_search", dollars("search_context_cost_per_query", search));
        }
        var interpreter = entry.path("code_interpreter_cost_per_session");
        if (interpreter.isNumber()) {
            tools.put("code_interpreter", dollars("code_interpreter_cost_per_session", interpreter));
        }
        AnthropicTerms.addSearch(provider(), tools);
        return tools;
    }

    private Map<String, BigDecimal> uplifts() throws Unusable {
        var uplifts = new TreeMap<String, BigDecimal>();
        for (var field : entry.properties()) {
            if (field.getKey().startsWith(UPLIFT) && field.getValue().isNumber()) {
                uplifts.put(field.getKey().substring(UPLIFT.length()), plain(field.getKey(), field.getValue()));
            }
        }
        var us = entry.path(SPECIFIC).path("us");
        if (us.isNumber()) {
            uplifts.put("us", plain(SPECIFIC, us));
        }
        return uplifts;
    }

    private @Nullable Long number(String field) {
        var value = entry.path(field);
        return value.isNumber() && value.canConvertToLong() && value.longValue() > 0 ? value.longValue() : null;
    }

    private @Nullable String deprecation() {
        var date = entry.path("deprecation_date").asText("");
        return date.matches("\\d{4}-\\d{2}-\\d{2}") ? date : null;
    }

    private String provider() {
        var name = entry.get("litellm_provider").asText();
        if (name.startsWith("vertex_ai-")) {
            return "vertex_ai";
        }
        if (name.startsWith("text-completion-")) {
            return name.substring("text-completion-".length());
        }
        return switch (name) {
            case "bedrock_converse" -> "bedrock";
            case "cohere_chat" -> "cohere";
            case "azure_text" -> "azure";
            case "fireworks_ai-embedding-models" -> "fireworks_ai";
            default -> name;
        };
    }

    private String modelName(String provider) {
        return key.startsWith(provider + "/") ? key.substring(provider.length() + 1) : key;
    }
}
