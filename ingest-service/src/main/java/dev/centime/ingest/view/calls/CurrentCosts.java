package dev.centime.ingest.view.calls;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.centime.contracts.Contracts;
import dev.centime.contracts.Cost;
import dev.centime.eventstore.log.EventLog;
import dev.centime.kit.Tenants;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;

/** The costs of calls as last corrected, and how far the log was read for that: one statement, so one snapshot. */
@ApplicationScoped
public class CurrentCosts {
    private static final ObjectMapper MAPPER = Contracts.mapper();
    private static final String STATEMENT = """
            SELECT position.up_to, corrected.event_id, corrected.cost::text AS cost
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
     * @param upTo the offset that this is the state of
     */
    public record Costs(Map<String, Cost> byEvent, long upTo) {}

    /** @param eventIds of the records of calls */
    public Uni<Costs> of(String organization, Collection<String> eventIds) {
        return log.partitionOf(organization)
                .chain(partition -> tenants.with(organization, connection -> connection
                        .preparedQuery(STATEMENT)
                        .execute(Tuple.of(partition, organization, eventIds.toArray(String[]::new)))
                        .map(rows -> {
                            var byEvent = new HashMap<String, Cost>();
                            var upTo = 0L;
                            for (var row : rows) {
                                upTo = row.getLong("up_to");
                                if (row.getString("event_id") != null) {
                                    byEvent.put(row.getString("event_id"), cost(row.getString("cost")));
                                }
                            }
                            return new Costs(byEvent, upTo);
                        })));
    }

    private static Cost cost(String json) {
        try {
            return MAPPER.readValue(json, Cost.class);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a corrected cost cannot be read", e);
        }
    }
}
