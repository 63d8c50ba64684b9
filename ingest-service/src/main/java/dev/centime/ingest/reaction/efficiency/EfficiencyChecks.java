package dev.centime.ingest.reaction.efficiency;

import dev.centime.eventstore.log.EventLog;
import dev.centime.ingest.view.calls.Calls;
import dev.centime.kit.Caller;
import dev.centime.kit.Organizations;
import dev.centime.kit.Tenants;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Whose efficiency is to be looked at, and by whom: whichever replica takes an organization first. By the database's clock. */
@ApplicationScoped
class EfficiencyChecks {
    /** Those never looked at first. What was taken and not ended, by a replica that is gone, is due again like any other. */
    private static final String TAKE = """
            WITH due AS (
                SELECT asked.partition, asked.organization, view.up_to
                FROM unnest($1::int[], $2::text[]) AS asked (partition, organization)
                JOIN ingest.projection_position AS view
                  ON view.partition = asked.partition AND view.projection = $3 AND view.serving
                LEFT JOIN ingest.efficiency_check AS done
                  ON done.partition = asked.partition AND done.organization = asked.organization
                WHERE view.up_to > coalesce(done.up_to, 0)
                  AND (done.checked_at IS NULL OR done.checked_at <= clock_timestamp() - make_interval(secs => $4))
                ORDER BY done.checked_at NULLS FIRST, asked.organization LIMIT $5),
            taken AS (
                INSERT INTO ingest.efficiency_check AS done (partition, organization, checked_at, up_to)
                SELECT partition, organization, clock_timestamp(), 0 FROM due
                ON CONFLICT (partition, organization) DO UPDATE SET checked_at = excluded.checked_at
                WHERE done.checked_at <= excluded.checked_at - make_interval(secs => $4)
                RETURNING partition, organization)
            SELECT due.partition, due.organization, due.up_to FROM due JOIN taken USING (partition, organization)
            """;

    private static final String END = """
            UPDATE ingest.efficiency_check SET up_to = greatest(up_to, $3) WHERE partition = $1 AND organization = $2
            """;

    private final Tenants tenants;
    private final Organizations organizations;
    private final EventLog log;

    EfficiencyChecks(Tenants tenants, Organizations organizations, EventLog log) {
        this.tenants = tenants;
        this.organizations = organizations;
        this.log = log;
    }

    /** @param upTo how much of the log its calls hold at least */
    record Taken(int partition, String organization, long upTo) {}

    private record Place(int partition, String organization) {}

    /**
     * Organizations whose partition has grown since they were looked at, for this replica alone.
     *
     * @param pause since then at least
     */
    Uni<List<Taken>> take(Duration pause, int limit) {
        return places().chain(places -> tenants.with(Caller.ALL_ORGANIZATIONS, connection -> connection
                .preparedQuery(TAKE)
                .execute(Tuple.of(
                        places.stream().map(Place::partition).toArray(Integer[]::new),
                        places.stream().map(Place::organization).toArray(String[]::new),
                        Calls.NAME,
                        pause.toMillis() / 1000.0,
                        limit))
                .map(rows -> {
                    var taken = new ArrayList<Taken>();
                    rows.forEach(row -> taken.add(new Taken(
                            row.getInteger("partition"), row.getString("organization"), row.getLong("up_to"))));
                    return taken;
                })));
    }

    private Uni<List<Place>> places() {
        return Multi.createFrom()
                .iterable(organizations.all().keySet())
                .onItem()
                .transformToUniAndConcatenate(id -> log.partitionOf(id).map(partition -> new Place(partition, id)))
                .collect()
                .asList();
    }

    /** Until its partition grows again there is nothing to look at. */
    Uni<Void> end(Taken taken) {
        return tenants.with(taken.organization(), connection -> connection
                .preparedQuery(END)
                .execute(Tuple.of(taken.partition(), taken.organization(), taken.upTo()))
                .replaceWithVoid());
    }
}
