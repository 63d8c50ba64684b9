package dev.centime.ingest.view.costs.efficiency;

import dev.centime.contracts.Model;
import dev.centime.ingest.Prices;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Which class a model is of: what its price says, and where that says nothing, its name. */
@ApplicationScoped
class ModelClasses {
    private final Prices prices;

    ModelClasses(Prices prices) {
        this.prices = prices;
    }

    /** Null where neither says. @param at when the price holds */
    @Nullable
    ModelClass of(String organization, String provider, String model, Instant at) {
        var price = prices.book().inForce(organization, new Model(provider, model, null, null), at);
        var told = price == null ? null : price.price().modelClass();
        return Arrays.stream(ModelClass.values())
                .filter(known -> told == null ? known.isIn(model) : known.text().equals(told))
                .findFirst()
                .orElse(null);
    }
}
