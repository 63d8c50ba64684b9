package dev.centime.ingest.catalogue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.centime.contracts.Money;
import dev.centime.contracts.Price;
import dev.centime.contracts.Price.Rates;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** One entry of LiteLLM's file, read as a price. US dollars per token there, per million here. */
final class LiteLlmEntry {
    private static final Pattern RATE = Pattern.compile(
            "^(input_cost_per_token|output_cost_per_token|cache_read_input_token_cost"
                    + "|cache_creation_input_token_cost|cache_creation_input_token_cost_above_1hr|input_cost_per_token_cache_hit"
                    + "|output_cost_per_reasoning_token|input_cost_per_audio_token|output_cost_per_audio_token"
                    + "|input_cost_per_image_token|output_cost_per_image_token)(?:_above_(\\d+)k_tokens)?(?:_(flex|priority|batches))?$");

    /** Of several ways to charge one thing, what a caller gets who asks for nothing special. */
    private static final String SEARCH_SIZE = "search_context_size_medium";

    /** More digits than any provider states: what floating point left behind in the source. */
    private static final int MAX_DECIMALS = 9;

    private static final BigDecimal NOISE = new BigDecimal("1e-11");

    private final String key;
    private final JsonNode entry;

    private LiteLlmEntry(String key, JsonNode entry) {
        this.key = key;
        this.entry = entry;
    }

    /** Empty for what is not charged by token or request, and for what has no price. */
    static Optional<Price> of(String key, JsonNode entry) {
        if (key.equals("sample_spec") || !entry.hasNonNull("litellm_provider")) {
            return Optional.empty();
        }
        return new LiteLlmEntry(key, entry).price();
    }

    private Optional<Price> price() {
        var tiers = new TreeMap<String, Map<String, Money>>();
        var steps = new TreeMap<String, Map<Long, Map<String, Money>>>();
        for (var field : entry.properties()) {
            var match = RATE.matcher(field.getKey());
            if (match.matches() && field.getValue().isNumber()) {
                var tier = tier(match.group(3));
                var rates = match.group(2) == null
                        ? tiers.computeIfAbsent(tier, _ -> new HashMap<>())
                        : steps.computeIfAbsent(tier, _ -> new TreeMap<>())
                                .computeIfAbsent(Long.parseLong(match.group(2)) * 1000, _ -> new HashMap<>());
                rates.put(match.group(1), perMillion(field.getValue()));
            }
        }
        addRanges(tiers, steps);
        var request = requestPrice();
        if (!tiers.containsKey(Price.STANDARD) && request == null || chargedOtherwise(tiers, request)) {
            return Optional.empty();
        }
        tiers.putIfAbsent(Price.STANDARD, Map.of());
        return Optional.of(build(tiers, steps, request));
    }

    private Price build(
            Map<String, Map<String, Money>> tiers,
            Map<String, Map<Long, Map<String, Money>>> steps,
            @Nullable Money request) {
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
    private void addRanges(Map<String, Map<String, Money>> tiers, Map<String, Map<Long, Map<String, Money>>> steps) {
        for (var range : entry.path("tiered_pricing")) {
            if (!range.path("range").path(0).isNumber()) {
                continue;
            }
            var above = range.path("range").get(0).decimalValue().longValueExact();
            var rates = above == 0
                    ? tiers.computeIfAbsent(Price.STANDARD, _ -> new HashMap<>())
                    : steps.computeIfAbsent(Price.STANDARD, _ -> new TreeMap<>())
                            .computeIfAbsent(above, _ -> new HashMap<>());
            for (var field : range.properties()) {
                if (RATE.matcher(field.getKey()).matches()) {
                    rates.putIfAbsent(field.getKey(), perMillion(field.getValue()));
                }
            }
        }
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
                fields.get("input_cost_per_image_token"));
    }

    private static Money perMillion(JsonNode perToken) {
        var exact = perToken.decimalValue().movePointRight(6);
        var stated = exact.setScale(MAX_DECIMALS, RoundingMode.HALF_EVEN);
        if (exact.subtract(stated).abs().compareTo(NOISE) > 0) {
            throw new IllegalStateException("more digits than a price has: " + perToken);
        }
        return Money.of(stated);
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

    private @Nullable Money requestPrice() {
        for (var name : List.of("input_cost_per_request", "input_cost_per_query")) {
            if (entry.path(name).isNumber()) {
                return Money.of(entry.get(name).decimalValue());
            }
        }
        return null;
    }

    private Map<String, Money> toolPrices() {
        var tools = new TreeMap<String, Money>();
        var search = entry.path("search_context_cost_per_query").path(SEARCH_SIZE);
        if (search.isNumber()) {
            tools.put("web_search", Money.of(search.decimalValue()));
        }
        var interpreter = entry.path("code_interpreter_cost_per_session");
        if (interpreter.isNumber()) {
            tools.put("code_interpreter", Money.of(interpreter.decimalValue()));
        }
        return tools;
    }

    private Map<String, BigDecimal> uplifts() {
        var uplifts = new TreeMap<String, BigDecimal>();
        for (var field : entry.properties()) {
            if (field.getKey().startsWith("regional_processing_uplift_multiplier_")) {
                uplifts.put(
                        field.getKey().substring("regional_processing_uplift_multiplier_".length()),
                        field.getValue().decimalValue());
            }
        }
        var us = entry.path("provider_specific_entry").path("us");
        if (us.isNumber()) {
            uplifts.put("us", us.decimalValue());
        }
        return uplifts;
    }

    private @Nullable Long number(String field) {
        var value = entry.path(field);
        return value.isNumber() && value.decimalValue().signum() > 0
                ? value.decimalValue().longValue()
                : null;
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
