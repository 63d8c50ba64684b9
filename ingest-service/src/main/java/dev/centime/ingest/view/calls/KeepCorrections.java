package dev.centime.ingest.view.calls;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.centime.contracts.Contracts;
import dev.centime.contracts.Cost;
import dev.centime.contracts.UsageRepriced;
import dev.centime.eventstore.log.Event;
import dev.centime.eventstore.projection.View;
import dev.centime.ingest.RecordIds;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Tuple;
import java.util.LinkedHashMap;
import java.util.List;

/** The last cost of each corrected call. */
final class KeepCorrections {
    static final String TABLE = "corrected_cost";

    private static final ObjectMapper MAPPER = Contracts.mapper();
    private static final String STATEMENT = "INSERT INTO %s (partition, organization, event_id, log_offset, cost)"
            + " SELECT $1, organization, event_id, log_offset, cost::jsonb"
            + " FROM unnest($2::text[], $3::text[], $4::bigint[], $5::text[])"
            + " AS corrected (organization, event_id, log_offset, cost)"
            + " ON CONFLICT (partition, organization, event_id)"
            + " DO UPDATE SET log_offset = excluded.log_offset, cost = excluded.cost";

    private KeepCorrections() {}

    private record Call(String organization, String eventId) {}

    static Uni<Void> of(View view, List<Event> page) {
        // One row a call: a statement cannot write the same row twice, and the last correction of a page is the one
        // that holds.
        var last = new LinkedHashMap<Call, Event>();
        for (var event : page) {
            if (event.payload() instanceof UsageRepriced repriced) {
                var organization = event.stored().organization();
                last.put(
                        new Call(organization, RecordIds.event(organization, repriced.source(), repriced.recordId())),
                        event);
            }
        }
        if (last.isEmpty()) {
            return Uni.createFrom().voidItem();
        }
        var tuple = Tuple.of(
                view.partition(),
                last.keySet().stream().map(Call::organization).toArray(String[]::new),
                last.keySet().stream().map(Call::eventId).toArray(String[]::new),
                last.values().stream().map(event -> event.stored().offset()).toArray(Long[]::new),
                last.values().stream()
                        .map(event -> json(((UsageRepriced) event.payload()).after()))
                        .toArray(String[]::new));
        return view.connection()
                .preparedQuery(STATEMENT.formatted(view.table(TABLE)))
                .execute(tuple)
                .replaceWithVoid();
    }

    private static String json(Cost cost) {
        try {
            return MAPPER.writeValueAsString(cost);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }
}
