package dev.centime.ingest.reaction;

import dev.centime.eventstore.log.EventLog;
import dev.centime.ingest.reaction.AffectedModels.Model;
import dev.centime.kit.Tenants;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import org.jspecify.annotations.Nullable;

/** Calls of a model that nothing has priced, whether they never had a price or a repricing found it withdrawn. */
@ApplicationScoped
class WaitingCalls {
    private static final String STATEMENT = """
            SELECT at, event_id FROM ingest.unpriced_call
            WHERE partition = $1 AND organization = $2 AND provider = $3 AND model = $4 AND (at, event_id) > ($5, $6)
            ORDER BY at, event_id LIMIT $7
            """;

    private final EventLog log;
    private final Tenants tenants;

    WaitingCalls(EventLog log, Tenants tenants) {
        this.log = log;
        this.tenants = tenants;
    }

    record End(OffsetDateTime at, String eventId) {}

    /** @param from where the page before ended, null for the first */
    Uni<CallPage<End>> of(Model model, @Nullable End from, int limit) {
        var end = from == null ? new End(model.start(), "") : from;
        return log.partitionOf(model.organization())
                .chain(partition -> tenants.with(model.organization(), connection -> connection
                        .preparedQuery(STATEMENT)
                        .execute(Tuple.tuple()
                                .addInteger(partition)
                                .addString(model.organization())
                                .addString(model.provider())
                                .addString(model.name())
                                .addOffsetDateTime(end.at())
                                .addString(end.eventId())
                                .addInteger(limit))
                        .map(rows -> {
                            var ids = new ArrayList<String>();
                            var last = end;
                            for (var row : rows) {
                                last = new End(row.getOffsetDateTime("at"), row.getString("event_id"));
                                ids.add(last.eventId());
                            }
                            return new CallPage<>(ids, last);
                        })));
    }
}
