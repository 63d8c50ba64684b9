package dev.centime.ingest.view.calls;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.centime.contracts.Contracts;
import dev.centime.contracts.Cost;
import dev.centime.contracts.UsageCorrected;
import dev.centime.contracts.UsageRepriced;
import dev.centime.eventstore.log.Event;
import dev.centime.eventstore.projection.View;
import dev.centime.ingest.RecordIds;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Tuple;
import java.util.LinkedHashMap;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The last cost of each corrected call, and its last tokens where those were corrected too. */
final class KeepCorrections {
    static final String TABLE = "corrected_cost";

    private static final ObjectMapper MAPPER = Contracts.mapper();
    private static final String STATEMENT =
            "INSERT INTO %s AS kept (partition, organization, event_id, log_offset, cost, content, reprice)"
                    + " SELECT $1, organization, event_id, log_offset, cost::jsonb, content::jsonb, reprice"
                    + " FROM unnest($2::text[], $3::text[], $4::bigint[], $5::text[], $6::text[], $7::text[])"
                    + " AS corrected (organization, event_id, log_offset, cost, content, reprice)"
                    + " ON CONFLICT (partition, organization, event_id)"
                    + " DO UPDATE SET log_offset = excluded.log_offset, cost = excluded.cost,"
                    + " reprice = excluded.reprice,"
                    + " content = coalesce(excluded.content, kept.content)";

    private KeepCorrections() {}

    private record Call(String organization, String eventId) {}

    /**
     * @param content null where only the cost was corrected
     * @param reprice the run that did it, null without one
     */
    private record Last(
            long offset,
            Cost cost,
            @Nullable CorrectedContent content,
            @Nullable String reprice) {
        Last then(Last later) {
            return new Last(later.offset, later.cost, later.content == null ? content : later.content, later.reprice);
        }
    }

    static Uni<Void> of(View view, List<Event> page) {
        // One row a call: a statement cannot write the same row twice, and the last correction of a page is the one
        // that holds.
        var last = new LinkedHashMap<Call, Last>();
        for (var event : page) {
            var organization = event.stored().organization();
            var offset = event.stored().offset();
            switch (event.payload()) {
                case UsageRepriced repriced ->
                    last.merge(
                            new Call(
                                    organization,
                                    RecordIds.event(organization, repriced.source(), repriced.recordId())),
                            new Last(offset, repriced.after(), null, repriced.reprice()),
                            Last::then);
                case UsageCorrected corrected ->
                    last.merge(
                            new Call(
                                    organization,
                                    RecordIds.event(organization, corrected.source(), corrected.recordId())),
                            new Last(offset, corrected.after().cost(), CorrectedContent.of(corrected), null),
                            Last::then);
                default -> {}
            }
        }
        return last.isEmpty() ? Uni.createFrom().voidItem() : write(view, last);
    }

    private static Uni<Void> write(View view, LinkedHashMap<Call, Last> last) {
        var tuple = Tuple.of(
                view.partition(),
                last.keySet().stream().map(Call::organization).toArray(String[]::new),
                last.keySet().stream().map(Call::eventId).toArray(String[]::new),
                last.values().stream().map(Last::offset).toArray(Long[]::new),
                last.values().stream().map(each -> json(each.cost())).toArray(String[]::new));
        tuple.addArrayOfString(last.values().stream()
                .map(each -> each.content() == null ? null : json(each.content()))
                .toArray(String[]::new));
        tuple.addArrayOfString(last.values().stream().map(Last::reprice).toArray(String[]::new));
        return view.connection()
                .preparedQuery(STATEMENT.formatted(view.table(TABLE)))
                .execute(tuple)
                .replaceWithVoid();
    }

    private static String json(Object value) {
        try {
            return MAPPER.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }
}
