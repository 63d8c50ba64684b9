package dev.centime.ingest.reaction;

import dev.centime.contracts.PriceSet;
import dev.centime.eventstore.log.EventLog;
import dev.centime.ingest.Prices;
import dev.centime.kit.Tenants;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** The models of an organization that some prices may be the price of. */
@ApplicationScoped
class AffectedModels {
    private static final Instant FIRST = Instant.parse("2000-01-01T00:00:00Z");

    /** From the cells, so that it depends on days and models, not on calls. */
    private static final String STATEMENT = """
            SELECT DISTINCT provider, model FROM ingest.cell_day
            WHERE partition = $1 AND organization = $2 AND bucket >= date_trunc('day', $3::timestamptz, 'UTC')
            """;

    private final EventLog log;
    private final Tenants tenants;
    private final Prices prices;

    AffectedModels(EventLog log, Tenants tenants, Prices prices) {
        this.log = log;
        this.tenants = tenants;
        this.prices = prices;
    }

    /** @param since the first moment that a price holds for */
    record Model(String organization, String provider, String name, Instant since) {
        OffsetDateTime start() {
            return OffsetDateTime.ofInstant(since, ZoneOffset.UTC);
        }
    }

    /** Models that were used since the earliest of the prices, and that any of them may be the price of. */
    Uni<List<Model>> of(String organization, List<PriceSet> sets) {
        var ids = sets.stream().map(PriceSet::priceId).collect(Collectors.toSet());
        var since = sets.stream()
                .map(set -> set.effectiveFrom() == null ? FIRST : set.effectiveFrom())
                .min(Instant::compareTo)
                .orElse(FIRST);
        return log.partitionOf(organization)
                .chain(partition -> tenants.with(organization, connection -> connection
                        .preparedQuery(STATEMENT)
                        .execute(Tuple.of(partition, organization, OffsetDateTime.ofInstant(since, ZoneOffset.UTC)))
                        .map(rows -> {
                            var models = new ArrayList<Model>();
                            for (var row : rows) {
                                var provider = row.getString("provider");
                                var name = row.getString("model");
                                if (prices.book().concerns(organization, provider, name, ids)) {
                                    models.add(new Model(organization, provider, name, since));
                                }
                            }
                            return models;
                        })));
    }
}
