package dev.centime.ingest.command.reprice;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.centime.contracts.Contracts;
import dev.centime.contracts.Money;
import dev.centime.eventstore.log.EventLog;
import dev.centime.ingest.command.reprice.RepriceRun.Change;
import dev.centime.kit.PlaceInTime;
import dev.centime.kit.Tenants;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The runs there are, as they are kept: the platform's, whatever organization they are about. */
@ApplicationScoped
class Runs {
    private static final ObjectMapper MAPPER = Contracts.mapper();

    private static final String INSERT = """
            INSERT INTO ingest.reprice_run (partition, organization, id, run_order, requested_by, requested_at, state,
                calls_looked_at, place_organization, place_at, place_offset, failures)
            VALUES ($1, $2, $3, $4::text::jsonb, $5, $6, 'waiting', 0, '', 'epoch', 0, 0)
            ON CONFLICT (partition, organization, id) DO NOTHING
            """;

    private static final String ROWS = """
            SELECT run.*, run.run_order::text AS order_text, changed.calls, changed.cost_before, changed.cost_after
            FROM ingest.reprice_run AS run
            LEFT JOIN (
                SELECT run, sum(calls) AS calls, sum(cost_before) AS cost_before, sum(cost_after) AS cost_after
                FROM ingest.reprice_change WHERE partition = $1 AND organization = $2 AND dimension = 'model' GROUP BY run
            ) AS changed ON changed.run = run.id
            WHERE run.partition = $1 AND run.organization = $2
            """;

    private static final String LIST = ROWS + """
              AND (run.requested_at, run.id) < ($3, $4)
            ORDER BY run.requested_at DESC, run.id DESC LIMIT $5
            """;

    private static final String ONE = ROWS + " AND run.id = $3";

    private static final String CHANGES = """
            SELECT dimension, key, calls, cost_before, cost_after FROM ingest.reprice_change
            WHERE partition = $1 AND organization = $2 AND run = $3 ORDER BY dimension, key
            """;

    private final Tenants tenants;

    Runs(Tenants tenants) {
        this.tenants = tenants;
    }

    /** Runs work on the tables of runs, in a transaction. */
    <T> Uni<T> with(java.util.function.Function<SqlConnection, Uni<T>> work) {
        return tenants.with(Contracts.PLATFORM, work);
    }

    /** The first columns of every key. */
    static Tuple platform() {
        return Tuple.of(EventLog.PLATFORM_PARTITION, Contracts.PLATFORM);
    }

    /** Keeps what is to be done; an id that is there already is left as it is. */
    Uni<Void> add(String id, RunOrder order, String actor, Instant now) {
        var tuple = platform()
                .addString(id)
                .addString(json(order))
                .addString(actor)
                .addOffsetDateTime(OffsetDateTime.ofInstant(now, ZoneOffset.UTC));
        return with(connection -> connection.preparedQuery(INSERT).execute(tuple))
                .replaceWithVoid();
    }

    /** Newest first, without what changed by model, day and organization. @param before where the page before ended */
    Uni<List<RepriceRun>> list(PlaceInTime before, int limit) {
        var tuple = platform()
                .addOffsetDateTime(OffsetDateTime.ofInstant(before.at(), ZoneOffset.UTC))
                .addString(before.id())
                .addInteger(limit);
        return with(connection -> connection.preparedQuery(LIST).execute(tuple)).map(rows -> {
            var runs = new ArrayList<RepriceRun>();
            rows.forEach(row -> runs.add(run(row, List.of(), List.of(), List.of())));
            return runs;
        });
    }

    Uni<Optional<RepriceRun>> find(String id) {
        return with(connection -> connection
                .preparedQuery(ONE)
                .execute(platform().addString(id))
                .chain(rows -> rows.size() == 0
                        ? Uni.createFrom().item(Optional.empty())
                        : connection
                                .preparedQuery(CHANGES)
                                .execute(platform().addString(id))
                                .map(changes -> Optional.of(run(rows.iterator().next(), changes)))));
    }

    private static RepriceRun run(Row row, Iterable<Row> changes) {
        var models = new ArrayList<Change>();
        var days = new ArrayList<Change>();
        var organizations = new ArrayList<Change>();
        for (var change : changes) {
            var list =
                    switch (change.getString("dimension")) {
                        case "model" -> models;
                        case "day" -> days;
                        default -> organizations;
                    };
            list.add(Change.of(
                    change.getString("key"),
                    change.getLong("calls"),
                    Money.of(change.getBigDecimal("cost_before")),
                    Money.of(change.getBigDecimal("cost_after"))));
        }
        return run(row, models, days, organizations);
    }

    private static RepriceRun run(Row row, List<Change> models, List<Change> days, List<Change> organizations) {
        var order = order(row.getString("order_text"));
        var calls = row.getBigDecimal("calls");
        var before = calls == null ? Money.ZERO : Money.of(row.getBigDecimal("cost_before"));
        var after = calls == null ? Money.ZERO : Money.of(row.getBigDecimal("cost_after"));
        return new RepriceRun(
                row.getString("id"),
                row.getString("state"),
                order.dryRun(),
                order.organization(),
                order.start(),
                order.end(),
                order.filter(),
                order.reason(),
                row.getString("requested_by"),
                row.getOffsetDateTime("requested_at").toInstant(),
                row.getOffsetDateTime("finished_at") == null
                        ? null
                        : row.getOffsetDateTime("finished_at").toInstant(),
                row.getLong("calls_total"),
                row.getLong("calls_looked_at"),
                calls == null ? 0 : calls.longValueExact(),
                before,
                after,
                after.minus(before),
                models,
                days,
                organizations,
                row.getString("failure"));
    }

    static RunOrder order(String json) {
        try {
            return MAPPER.readValue(json, RunOrder.class);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a run cannot be read", e);
        }
    }

    private static String json(RunOrder order) {
        try {
            return MAPPER.writeValueAsString(order);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }
}
