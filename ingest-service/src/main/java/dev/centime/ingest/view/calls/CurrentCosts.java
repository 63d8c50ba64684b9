package dev.centime.ingest.view.calls;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.centime.contracts.Contracts;
import dev.centime.contracts.Cost;
import dev.centime.contracts.UsageRecorded;
import dev.centime.eventstore.log.EventLog;
import dev.centime.kit.Tenants;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** What calls count with as last corrected, and how far the log was read for that: one statement, so one snapshot. */
@ApplicationScoped
public class CurrentCosts {
    private static final ObjectMapper MAPPER = Contracts.mapper();
    private static final String STATEMENT = """
            SELECT position.up_to, corrected.event_id, corrected.cost::text AS cost, corrected.content::text AS content,
                corrected.reprice
            FROM ingest.projection_position AS position
            LEFT JOIN ingest.corrected_cost AS corrected
              ON corrected.partition = position.partition AND corrected.organization = $2 AND corrected.event_id = ANY ($3)
            WHERE position.partition = $1 AND position.projection = 'calls' AND position.serving
            """;

    private final EventLog log;
    private final Tenants tenants;

    CurrentCosts(EventLog log, Tenants tenants) {
        this.log = log;
        this.tenants = tenants;
    }

    /**
     * @param byEvent of calls that were corrected; others cost what their record says
     * @param contents of calls that turned out larger than their record says
     * @param onRequest calls that were last priced because somebody asked for it
     * @param upTo the offset that this is the state of
     */
    public record Costs(
            Map<String, Cost> byEvent, Map<String, CorrectedContent> contents, Set<String> onRequest, long upTo) {
        /** A call with all that it counts with now but its cost, which stays what the record says. */
        public UsageRecorded counted(String eventId, UsageRecorded usage) {
            var content = contents.get(eventId);
            return content == null ? usage : content.in(usage);
        }
    }

    /** @param eventIds of the records of calls */
    public Uni<Costs> of(String organization, Collection<String> eventIds) {
        return log.partitionOf(organization)
                .chain(partition -> tenants.with(organization, connection -> connection
                        .preparedQuery(STATEMENT)
                        .execute(Tuple.of(partition, organization, eventIds.toArray(String[]::new)))
                        .map(CurrentCosts::costs)));
    }

    private static Costs costs(Iterable<Row> rows) {
        var byEvent = new HashMap<String, Cost>();
        var contents = new HashMap<String, CorrectedContent>();
        var onRequest = new HashSet<String>();
        var upTo = 0L;
        for (var row : rows) {
            upTo = row.getLong("up_to");
            var eventId = row.getString("event_id");
            if (eventId != null) {
                byEvent.put(eventId, read(row.getString("cost"), Cost.class));
                if (row.getString("reprice") != null) {
                    onRequest.add(eventId);
                }
                if (row.getString("content") != null) {
                    contents.put(eventId, read(row.getString("content"), CorrectedContent.class));
                }
            }
        }
        return new Costs(byEvent, contents, onRequest, upTo);
    }

    private static <T> T read(String json, Class<T> type) {
        try {
            return MAPPER.readValue(json, type);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a correction cannot be read", e);
        }
    }
}
