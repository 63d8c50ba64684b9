package dev.centime.ingest.view.calls;

import dev.centime.contracts.UsageCorrected;
import dev.centime.contracts.UsageRepriced;
import dev.centime.eventstore.log.EventLog;
import dev.centime.eventstore.log.EventTypes;
import dev.centime.eventstore.log.StoredEvent;
import dev.centime.ingest.RecordIds;
import dev.centime.ingest.view.DetailHorizon;
import dev.centime.kit.Tenants;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Who corrected a call, when and why: the view says where in the log, the log says the rest. */
@ApplicationScoped
class ReadCorrections {
    /** The last ones; nobody reads more of one call. */
    private static final int MAX = 100;

    private static final String STATEMENT = """
            SELECT log_offset FROM ingest.usage_detail
            WHERE partition = $1 AND organization = $2 AND at = $3 AND record_id = $4 AND source = $5 AND correction
            ORDER BY log_offset DESC LIMIT $6
            """;

    /** What a call costs now is kept for ever, and with it where that is told. */
    private static final String LAST =
            "SELECT log_offset FROM ingest.corrected_cost WHERE partition = $1 AND organization = $2 AND event_id = $3";

    private final EventLog log;
    private final EventTypes types;
    private final Tenants tenants;

    ReadCorrections(EventLog log, EventTypes types, Tenants tenants) {
        this.log = log;
        this.types = types;
        this.tenants = tenants;
    }

    /** In the order in which they were made; the last one alone where calls of that time are no longer kept. */
    Uni<CallWithCorrections> of(String organization, UsageCall call) {
        return log.partitionOf(organization).chain(partition -> tenants.with(
                        organization, connection -> DetailHorizon.of(connection, partition, List.of(organization))
                                .map(horizons -> expired(call, horizons.get(organization)))
                                .chain(expired -> offsets(connection, organization, partition, call, expired)
                                        .map(offsets -> new Found(offsets, !expired))))
                .chain(found -> read(partition, found.offsets())
                        .map(corrections -> new CallWithCorrections(call, corrections, found.complete()))));
    }

    private record Found(List<Long> offsets, boolean complete) {}

    private static boolean expired(UsageCall call, @Nullable Instant before) {
        return before != null && call.timestamp().isBefore(before);
    }

    private Uni<List<CostCorrection>> read(int partition, List<Long> offsets) {
        return Multi.createFrom()
                .iterable(offsets)
                .onItem()
                .transformToUniAndConcatenate(offset -> log.read(partition, offset - 1, 1))
                .map(List::getFirst)
                .map(this::correction)
                .collect()
                .asList();
    }

    private static Uni<List<Long>> offsets(
            SqlConnection connection, String organization, int partition, UsageCall call, boolean expired) {
        var tuple = Tuple.of(partition, organization);
        if (expired) {
            tuple.addString(RecordIds.event(organization, call.source(), call.id()));
        } else {
            tuple.addOffsetDateTime(OffsetDateTime.ofInstant(call.timestamp(), ZoneOffset.UTC))
                    .addString(call.id())
                    .addString(call.source())
                    .addInteger(MAX);
        }
        return connection
                .preparedQuery(expired ? LAST : STATEMENT)
                .execute(tuple)
                .map(rows -> {
                    var offsets = new ArrayList<Long>();
                    rows.forEach(row -> offsets.add(row.getLong("log_offset")));
                    return offsets.reversed();
                });
    }

    private CostCorrection correction(StoredEvent stored) {
        var by = stored.metadata().getOrDefault("actor", "centime");
        return switch (types.decode(stored).orElseThrow()) {
            case UsageRepriced repriced ->
                CostCorrection.of(
                        stored.recordedAt(),
                        by,
                        repriced.reason(),
                        repriced.reprice(),
                        repriced.before(),
                        repriced.after());
            case UsageCorrected corrected ->
                CostCorrection.of(
                        stored.recordedAt(),
                        by,
                        corrected.reason(),
                        null,
                        corrected.before().cost(),
                        corrected.after().cost());
            default -> throw new IllegalStateException("is no correction: " + stored.type());
        };
    }
}
