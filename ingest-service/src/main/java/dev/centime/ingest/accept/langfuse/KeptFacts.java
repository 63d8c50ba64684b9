package dev.centime.ingest.accept.langfuse;

import dev.centime.eventstore.log.EventLog;
import dev.centime.kit.Tenants;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

/** The table {@code langfuse_fact}: what was told of generations and traces within a day, so that pieces find each other. */
@ApplicationScoped
class KeptFacts {
    private static final Duration KEPT = Duration.ofDays(1);

    private static final String FORGET =
            "DELETE FROM ingest.langfuse_fact WHERE partition = $1 AND organization = $2 AND seen_at < $3";

    /** What is told later is told better; what is not told again stays. */
    private static final String TELL = """
        INSERT INTO ingest.langfuse_fact AS known (partition, organization, id, facts, seen_at)
        SELECT $1, $2, told.id, told.facts::jsonb, $5 FROM unnest($3::text[], $4::text[]) AS told (id, facts)
        ON CONFLICT (partition, organization, id)
        DO UPDATE SET facts = known.facts || excluded.facts, seen_at = excluded.seen_at
        RETURNING id, facts::text AS facts
        """;

    private static final String FIND = "SELECT id, facts::text AS facts FROM ingest.langfuse_fact"
            + " WHERE partition = $1 AND organization = $2 AND id = ANY ($3)";

    private final EventLog log;
    private final Tenants tenants;
    private final Clock clock;

    KeptFacts(EventLog log, Tenants tenants, Clock clock) {
        this.log = log;
        this.tenants = tenants;
        this.clock = clock;
    }

    /**
     * Adds to what is known.
     *
     * @param told JSON objects by id
     * @return all that is known of these ids now
     */
    Uni<Map<String, String>> tell(String organization, Map<String, String> told) {
        if (told.isEmpty()) {
            return Uni.createFrom().item(Map.of());
        }
        // In one order always: two batches of the same ids must not wait for each other.
        var sorted = new TreeMap<>(told);
        var now = OffsetDateTime.ofInstant(clock.instant(), ZoneOffset.UTC);
        return log.partitionOf(organization)
                .chain(partition -> tenants.with(organization, connection -> connection
                        .preparedQuery(FORGET)
                        .execute(Tuple.of(partition, organization, now.minus(KEPT)))
                        .chain(() -> rows(
                                connection,
                                TELL,
                                Tuple.of(
                                        partition,
                                        organization,
                                        sorted.keySet().toArray(String[]::new),
                                        sorted.values().toArray(String[]::new),
                                        now)))));
    }

    /** What is known of some ids; nothing of those that nobody told of. */
    Uni<Map<String, String>> find(String organization, Collection<String> ids) {
        if (ids.isEmpty()) {
            return Uni.createFrom().item(Map.of());
        }
        return log.partitionOf(organization)
                .chain(partition -> tenants.with(
                        organization,
                        connection ->
                                rows(connection, FIND, Tuple.of(partition, organization, ids.toArray(String[]::new)))));
    }

    private static Uni<Map<String, String>> rows(SqlConnection connection, String statement, Tuple parameters) {
        return connection.preparedQuery(statement).execute(parameters).map(rows -> {
            var facts = new HashMap<String, String>();
            rows.forEach(row -> facts.put(row.getString("id"), row.getString("facts")));
            return facts;
        });
    }
}
