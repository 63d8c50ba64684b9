package dev.centime.budget;

import dev.centime.contracts.BudgetDefinition;
import dev.centime.eventstore.log.LogUnavailable;
import dev.centime.kit.Begins;
import dev.centime.kit.Prices;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.Map;

/** The names of providers and models as ingest-service finds them for the calls that it records, by the same prices. */
@ApplicationScoped
public class ModelSpellings implements Begins {
    private static final Duration PATIENCE = Duration.ofSeconds(3);

    private final Prices prices;

    ModelSpellings(Prices prices) {
        this.prices = prices;
    }

    @Override
    public Uni<Void> begin() {
        return prices.book().replaceWithVoid();
    }

    /** @param dimensions of a call, under the names that a scope uses */
    public Uni<Map<String, String>> ofCall(String organization, Map<String, String> dimensions) {
        return of(organization).map(spelling -> spelling.call(dimensions));
    }

    /** The same definition with a scope that finds the calls it means. */
    public Uni<BudgetDefinition> ofScope(String organization, BudgetDefinition definition) {
        return of(organization)
                .map(spelling -> definition.with(spelling.scope(definition.scope()), definition.alertContacts()));
    }

    private Uni<ModelSpelling> of(String organization) {
        return prices.book()
                .ifNoItem()
                .after(PATIENCE)
                .failWith(() -> new LogUnavailable("the names of models are not known yet", null))
                .map(book -> new ModelSpelling(book, organization));
    }
}
