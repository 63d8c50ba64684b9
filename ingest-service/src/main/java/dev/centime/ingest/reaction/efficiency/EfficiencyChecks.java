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
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Whose efficiency is to be looked at, and by whom: whichever replica takes an organization first. By the database's clock. */
@ApplicationScoped
class EfficiencyChecks {
    /** Of one partition, those never looked at first. What was taken and not ended, by a replica that is gone, is due again like any other. */
    private static final String TAKE = """
            WITH due AS (
                SELECT asked.organization, view.up_to
                FROM unnest($2::text[]) AS asked (organization)
                JOIN ingest.projection_position AS view
                  ON view.partition = $1 AND view.projection = $3 AND view.serving
                LEFT JOIN ingest.efficiency_check AS done
                  ON done.partition = $1 AND done.organization = asked.organization
                WHERE view.up_to > coalesce(done.up_to, 0)
                  AND (done.checked_at IS NULL OR done.checked_at <= clock_timestamp() - make_interval(secs => $4))
                ORDER BY done.checked_at NULLS FIRST, asked.organization LIMIT $5),
            taken AS (
                INSERT INTO ingest.efficiency_check AS done (partition, organization, checked_at, up_to)
                SELECT $1::int, organization, clock_timestamp(), 0 FROM due
                ON CONFLICT (partition, organization) DO UPDATE SET checked_at = excluded.checked_at
                WHERE done.checked_at <= excluded.checked_at - make_interval(secs => $4)
                RETURNING organization)
            SELECT due.organization, due.up_to FROM due JOIN taken USING (organization)
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

    /**
     * Organizations whose partition has grown since they were looked at, for this replica alone.
     *
     * @param pause since then at least
     * @param limit of each partition
     */
    Uni<List<Taken>> take(Duration pause, int limit) {
        return places().chain(places -> Multi.createFrom()
                .iterable(places.entrySet())
                .onItem()
                .transformToUniAndConcatenate(place -> take(place.getKey(), place.getValue(), pause, limit))
                .onItem()
                .<Taken>disjoint()
                .collect()
                .asList());
    }

    private Uni<List<Taken>> take(int partition, List<String> asked, Duration pause, int limit) {
        return tenants.with(Caller.ALL_ORGANIZATIONS, connection -> connection
                .preparedQuery(TAKE)
                .execute(
                        Tuple.of(partition, asked.toArray(String[]::new), Calls.NAME, pause.toMillis() / 1000.0, limit))
                .map(rows -> {
                    var taken = new ArrayList<Taken>();
                    rows.forEach(row ->
                            taken.add(new Taken(partition, row.getString("organization"), row.getLong("up_to"))));
                    return taken;
                }));
    }

    private Uni<Map<Integer, List<String>>> places() {
        return Multi.createFrom()
                .iterable(organizations.all().keySet())
                .onItem()
                .transformToUniAndConcatenate(id -> log.partitionOf(id).map(partition -> Map.entry(partition, id)))
                .collect()
                .asList()
                .map(places -> places.stream()
                        .collect(Collectors.groupingBy(
                                Map.Entry::getKey,
                                TreeMap::new,
                                Collectors.mapping(Map.Entry::getValue, Collectors.toList()))));
    }

    /** Until its partition grows again there is nothing to look at. */
    Uni<Void> end(Taken taken) {
        return tenants.with(taken.organization(), connection -> connection
                .preparedQuery(END)
                .execute(Tuple.of(taken.partition(), taken.organization(), taken.upTo()))
                .replaceWithVoid());
    }
}
