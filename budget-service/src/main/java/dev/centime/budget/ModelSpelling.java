package dev.centime.budget;

import dev.centime.contracts.Scope;
import dev.centime.contracts.price.PriceBook;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/**
 * Providers and models under the names by which calls are recorded. Who asks about a call and who sets a budget may write them in as
 * many ways as who records one: what they mean must be the same.
 */
record ModelSpelling(PriceBook prices, String organization) {
    private static final String PROVIDER = "provider";
    private static final String MODEL = "model";

    /** @param dimensions of a call; its provider is added where the model tells it */
    Map<String, String> call(Map<String, String> dimensions) {
        var named = new TreeMap<>(dimensions);
        var model = named.get(MODEL);
        if (model != null) {
            var meant = prices.named(organization, named.get(PROVIDER), model, null, null);
            named.put(MODEL, meant.name());
            if (meant.provider() != null) {
                named.put(PROVIDER, meant.provider());
            }
        } else {
            named.computeIfPresent(PROVIDER, (same, provider) -> provider(provider));
        }
        return named;
    }

    /** A model with its provider before it says the provider too, where the scope does not. */
    Scope scope(Scope written) {
        var filters = new TreeMap<>(written.filters());
        filters.computeIfPresent(
                PROVIDER,
                (same, providers) ->
                        providers.stream().map(this::provider).distinct().toList());
        var models = filters.get(MODEL);
        if (models != null) {
            var providers = filters.getOrDefault(PROVIDER, List.of());
            if (!providers.isEmpty()) {
                filters.put(MODEL, soldBy(providers, models));
            } else {
                if (models.stream().allMatch(this::saysProvider)) {
                    filters.put(
                            PROVIDER,
                            models.stream().map(this::saidProvider).distinct().toList());
                }
                filters.put(MODEL, models.stream().map(this::bare).distinct().toList());
            }
        }
        return new Scope(filters);
    }

    /** A reseller's name of a model may begin with the name of another provider. */
    private List<String> soldBy(List<String> providers, List<String> models) {
        var names = new LinkedHashSet<String>();
        for (var model : models) {
            providers.forEach(provider -> names.add(
                    prices.named(organization, provider, model, null, null).name()));
        }
        return List.copyOf(names);
    }

    private boolean saysProvider(String model) {
        return !bare(model).equals(model);
    }

    private String saidProvider(String model) {
        return Objects.requireNonNull(
                prices.named(organization, null, model, null, null).provider());
    }

    private String bare(String model) {
        return prices.named(organization, null, model, null, null).name();
    }

    private String provider(String written) {
        return Objects.requireNonNull(
                prices.named(organization, written, "", null, null).provider());
    }
}
