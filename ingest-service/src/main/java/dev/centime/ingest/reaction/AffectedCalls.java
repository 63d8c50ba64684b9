package dev.centime.ingest.reaction;

import dev.centime.contracts.PriceSet;
import dev.centime.eventstore.log.EventLog;
import dev.centime.ingest.Prices;
import dev.centime.ingest.RecordIds;
import dev.centime.kit.Tenants;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** The calls of an organization that some prices may be the price of. */
@ApplicationScoped
public class AffectedCalls {
    private static final Instant FIRST = Instant.parse("2000-01-01T00:00:00Z");

    /** From the cells, so that it depends on days and models, not on calls. */
    private static final String MODELS = """
            SELECT DISTINCT provider, model FROM ingest.cell_day
            WHERE partition = $1 AND organization = $2 AND bucket >= date_trunc('day', $3::timestamptz, 'UTC')
            """;

    /** Without a price, or with what may be no more than a reported cost, or recorded while a price was set. */
    private static final String CALLS = """
            SELECT at, log_offset, source, record_id FROM ingest.usage_detail
            WHERE partition = $1 AND organization = $2 AND (at, log_offset) > ($3, $4)
              AND provider = $5 AND model = $6 AND NOT correction
              AND (unpriced_requests > 0 OR other_cost = total_cost OR recorded_at >= $8)
            ORDER BY at, log_offset LIMIT $7
            """;

    private final EventLog log;
    private final Tenants tenants;
    private final Prices prices;

    AffectedCalls(EventLog log, Tenants tenants, Prices prices) {
        this.log = log;
        this.tenants = tenants;
        this.prices = prices;
    }

    /** @param since the first moment that a price holds for */
    record Model(String provider, String name, Instant since) {}

    /** Where a page of calls ended. */
    record After(Instant at, long offset) {}

    static final After START = new After(Instant.EPOCH, 0);

    record Page(List<String> eventIds, After last) {}

    /** Models that were used since the earliest of the prices, and that any of them may be the price of. */
    Uni<List<Model>> models(String organization, List<PriceSet> sets) {
        var ids = sets.stream().map(PriceSet::priceId).collect(Collectors.toSet());
        var since = sets.stream()
                .map(set -> set.effectiveFrom() == null ? FIRST : set.effectiveFrom())
                .min(Instant::compareTo)
                .orElse(FIRST);
        return log.partitionOf(organization)
                .chain(partition -> tenants.with(organization, connection -> connection
                        .preparedQuery(MODELS)
                        .execute(Tuple.of(partition, organization, utc(since)))
                        .map(rows -> {
                            var models = new ArrayList<Model>();
                            for (var row : rows) {
                                var model = new Model(row.getString("provider"), row.getString("model"), since);
                                if (prices.book().concerns(organization, model.provider(), model.name(), ids)) {
                                    models.add(model);
                                }
                            }
                            return models;
                        })));
    }

    /** Calls of a model that a price may correct by itself, in the order of time, a page of them. @param setAt of the price */
    Uni<Page> calls(String organization, Model model, After after, Instant setAt, int limit) {
        var from = after.at().isBefore(model.since()) ? new After(model.since().minusNanos(1000), 0) : after;
        return log.partitionOf(organization)
                .chain(partition -> tenants.with(organization, connection -> connection
                        .preparedQuery(CALLS)
                        .execute(Tuple.tuple()
                                .addInteger(partition)
                                .addString(organization)
                                .addOffsetDateTime(utc(from.at()))
                                .addLong(from.offset())
                                .addString(model.provider())
                                .addString(model.name())
                                .addInteger(limit)
                                .addOffsetDateTime(utc(setAt)))
                        .map(rows -> {
                            var ids = new ArrayList<String>();
                            var last = from;
                            for (Row row : rows) {
                                ids.add(RecordIds.event(
                                        organization, row.getString("source"), row.getString("record_id")));
                                last = new After(row.getOffsetDateTime("at").toInstant(), row.getLong("log_offset"));
                            }
                            return new Page(ids, last);
                        })));
    }

    private static OffsetDateTime utc(Instant instant) {
        return OffsetDateTime.ofInstant(instant, ZoneOffset.UTC);
    }
}
