package dev.centime.ingest.reaction;

import dev.centime.eventstore.log.EventLog;
import dev.centime.ingest.RecordIds;
import dev.centime.ingest.reaction.AffectedModels.Model;
import dev.centime.kit.Tenants;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import org.jspecify.annotations.Nullable;

/** Calls of a model that were recorded while a price was set, and may have been priced without it. */
@ApplicationScoped
class CallsSince {
    private static final String STATEMENT = """
            SELECT at, log_offset, source, record_id FROM ingest.usage_detail
            WHERE partition = $1 AND organization = $2 AND (at, log_offset) > ($3, $4)
              AND provider = $5 AND model = $6 AND NOT correction AND recorded_at >= $7
            ORDER BY at, log_offset LIMIT $8
            """;

    /** Less than any offset. */
    private static final long NONE = -1;

    private final EventLog log;
    private final Tenants tenants;

    CallsSince(EventLog log, Tenants tenants) {
        this.log = log;
        this.tenants = tenants;
    }

    record End(OffsetDateTime at, long offset) {}

    /**
     * @param from where the page before ended, null for the first
     * @param setAt of the price
     */
    Uni<CallPage<End>> of(Model model, @Nullable End from, Instant setAt, int limit) {
        var end = from == null ? new End(model.start(), NONE) : from;
        return log.partitionOf(model.organization())
                .chain(partition -> tenants.with(model.organization(), connection -> connection
                        .preparedQuery(STATEMENT)
                        .execute(Tuple.tuple()
                                .addInteger(partition)
                                .addString(model.organization())
                                .addOffsetDateTime(end.at())
                                .addLong(end.offset())
                                .addString(model.provider())
                                .addString(model.name())
                                .addOffsetDateTime(OffsetDateTime.ofInstant(setAt, ZoneOffset.UTC))
                                .addInteger(limit))
                        .map(rows -> {
                            var ids = new ArrayList<String>();
                            var last = end;
                            for (var row : rows) {
                                last = new End(row.getOffsetDateTime("at"), row.getLong("log_offset"));
                                ids.add(RecordIds.event(
                                        model.organization(), row.getString("source"), row.getString("record_id")));
                            }
                            return new CallPage<>(ids, last);
                        })));
    }
}
