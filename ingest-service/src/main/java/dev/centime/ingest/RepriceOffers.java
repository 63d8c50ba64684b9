package dev.centime.ingest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.centime.contracts.PriceSet;
import dev.centime.eventstore.log.EventLog;
import dev.centime.kit.Caller;
import dev.centime.kit.Tenants;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Counts, from the cells, the calls that prices of the past are about: it depends on days and models, not on calls. */
@ApplicationScoped
public class RepriceOffers {
    private static final Instant FIRST = Instant.parse("2000-01-01T00:00:00Z");
    private static final int EVERYBODYS = -1;

    /** More values than these are no filter that anybody reads; the whole provider is meant then, or everything. */
    private static final int MAX_VALUES = 100;

    private static final String STATEMENT = """
            SELECT provider, model, sum(requests - unpriced_requests) AS calls FROM ingest.cell_day
            WHERE ($1 < 0 OR partition = $1 AND organization = $2) AND bucket >= date_trunc('day', $3::timestamptz, 'UTC')
            GROUP BY provider, model HAVING sum(requests - unpriced_requests) > 0
            """;

    private final EventLog log;
    private final Tenants tenants;
    private final Prices prices;

    RepriceOffers(EventLog log, Tenants tenants, Prices prices) {
        this.log = log;
        this.tenants = tenants;
        this.prices = prices;
    }

    /**
     * What to offer after some prices were set; empty when no call is concerned.
     *
     * @param organization whose contracts they are, null for the catalogue
     * @param sets known to the price book by now
     */
    public Uni<Optional<RepriceOffer>> of(@Nullable String organization, Collection<PriceSet> sets, Instant now) {
        var past = sets.stream().filter(set -> start(set).isBefore(now)).toList();
        if (past.isEmpty()) {
            return Uni.createFrom().item(Optional.empty());
        }
        var since =
                past.stream().map(RepriceOffers::start).min(Instant::compareTo).orElse(FIRST);
        var whose = organization == null ? Caller.ALL_ORGANIZATIONS : organization;
        return (organization == null ? Uni.createFrom().item(EVERYBODYS) : log.partitionOf(organization))
                .chain(partition -> tenants.with(whose, connection -> connection
                        .preparedQuery(STATEMENT)
                        .execute(Tuple.of(partition, whose, OffsetDateTime.ofInstant(since, ZoneOffset.UTC)))))
                .map(rows -> offer(organization, past, since, rows));
    }

    private Optional<RepriceOffer> offer(
            @Nullable String organization, List<PriceSet> sets, Instant since, Iterable<Row> rows) {
        var ids = sets.stream().map(PriceSet::priceId).collect(Collectors.toSet());
        var providers = new TreeSet<String>();
        var models = new TreeSet<String>();
        var calls = 0L;
        for (var row : rows) {
            var provider = row.getString("provider");
            var model = row.getString("model");
            if (prices.book().concerns(organization == null ? "" : organization, provider, model, ids)) {
                providers.add(provider);
                models.add(model);
                calls += row.getBigDecimal("calls").longValueExact();
            }
        }
        return calls == 0
                ? Optional.empty()
                : Optional.of(RepriceOffer.of(calls, request(organization, sets, since, providers, models)));
    }

    private static Reprice request(
            @Nullable String organization,
            List<PriceSet> sets,
            Instant since,
            Set<String> providers,
            Set<String> models) {
        var filter = new TreeMap<String, JsonNode>();
        for (var values : Map.of("provider", providers, "model", models).entrySet()) {
            if (values.getValue().size() <= MAX_VALUES) {
                var array = JsonNodeFactory.instance.arrayNode();
                values.getValue().forEach(array::add);
                filter.put(values.getKey(), array);
            }
        }
        var reason = sets.size() == 1 ? "price " + sets.getFirst().priceId() : sets.size() + " prices of the catalogue";
        return new Reprice(
                LocalDate.ofInstant(since, ZoneOffset.UTC),
                null,
                null,
                null,
                filter,
                reason,
                true,
                organization == null ? true : null);
    }

    private static Instant start(PriceSet set) {
        return set.effectiveFrom() == null || set.effectiveFrom().isBefore(FIRST) ? FIRST : set.effectiveFrom();
    }
}
