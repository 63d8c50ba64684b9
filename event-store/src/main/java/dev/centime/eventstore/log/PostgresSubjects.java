package dev.centime.eventstore.log;

import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.vertx.UniHelper;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/** Subjects in the table {@code log.subject}, those asked for often remembered for a minute at most. */
public final class PostgresSubjects implements Subjects {
    private static final String IDS = "SELECT name, subject FROM log.subjects_of($1, $2, $3, $4)";
    private static final String KNOWN_IDS = "SELECT name, subject FROM log.known_subjects_of($1, $2, $3)";
    private static final String NAMES = "SELECT subject, name FROM log.names_of($1, $2, $3)";
    private static final String ERASE = "SELECT log.erase_subject($1, $2, $3)";
    private static final int MAX_NAME = 1_024;

    private final io.vertx.sqlclient.Pool pool;
    private final Whereabouts whereabouts;
    private final RememberedSubjects remembered = new RememberedSubjects();

    private PostgresSubjects(io.vertx.sqlclient.Pool pool) {
        this.pool = pool;
        this.whereabouts = new Whereabouts(pool, pool);
    }

    public static PostgresSubjects on(Pool pool) {
        return new PostgresSubjects(pool.getDelegate());
    }

    @Override
    public Uni<Map<String, String>> idsOf(String organization, Collection<String> names) {
        return lookUp(organization, names, (partition, missing) -> {
            var offered =
                    missing.stream().map(name -> UUID.randomUUID().toString()).toArray(String[]::new);
            return query(IDS, Tuple.of(organization, partition, missing.toArray(String[]::new), offered));
        });
    }

    @Override
    public Uni<Map<String, String>> knownIdsOf(String organization, Collection<String> names) {
        return lookUp(
                organization,
                names,
                (partition, missing) ->
                        query(KNOWN_IDS, Tuple.of(organization, partition, missing.toArray(String[]::new))));
    }

    @Override
    public Uni<Map<String, String>> namesOf(String organization, Collection<String> ids) {
        var wanted = Set.copyOf(ids);
        return wanted.isEmpty()
                ? Uni.createFrom().item(Map.of())
                : whereabouts
                        .partitionOf(organization)
                        .chain(partition ->
                                query(NAMES, Tuple.of(organization, partition, wanted.toArray(String[]::new))))
                        .onFailure()
                        .transform(LogFailures::named);
    }

    @Override
    public Uni<Boolean> erase(String organization, String name) {
        return whereabouts
                .partitionOf(organization)
                .chain(partition ->
                        UniHelper.toUni(pool.preparedQuery(ERASE).execute(Tuple.of(organization, partition, name))))
                .map(rows -> rows.iterator().next().getBoolean(0))
                .invoke(() -> remembered.forget(organization, name))
                .onFailure()
                .transform(LogFailures::named);
    }

    private Uni<Map<String, String>> lookUp(String organization, Collection<String> names, LookUp lookUp) {
        return Uni.createFrom()
                .voidItem()
                .invoke(() -> names.forEach(name -> Storable.checkName("user", name, MAX_NAME)))
                .chain(() -> whereabouts.timeline().onFailure().transform(LogFailures::named))
                .invoke(remembered::heed)
                .chain(() -> lookUpNow(organization, names, lookUp));
    }

    private Uni<Map<String, String>> lookUpNow(String organization, Collection<String> names, LookUp lookUp) {
        return Uni.createFrom().deferred(() -> {
            Map<String, String> found = new HashMap<>();
            var missing = remembered.findOrList(organization, Set.copyOf(names), found);
            return missing.isEmpty()
                    ? Uni.createFrom().item(found)
                    : ask(organization, missing, lookUp).map(asked -> {
                        found.putAll(asked);
                        return found;
                    });
        });
    }

    private Uni<Map<String, String>> ask(String organization, List<String> missing, LookUp lookUp) {
        return whereabouts
                .partitionOf(organization)
                .chain(partition -> lookUp.of(partition, missing))
                .invoke(asked -> remembered.remember(organization, asked))
                .onFailure()
                .transform(LogFailures::named);
    }

    private Uni<Map<String, String>> query(String sql, Tuple parameters) {
        return UniHelper.toUni(pool.preparedQuery(sql).execute(parameters)).map(PostgresSubjects::pairs);
    }

    private static Map<String, String> pairs(RowSet<Row> rows) {
        Map<String, String> pairs = HashMap.newHashMap(rows.size());
        rows.forEach(row -> pairs.put(row.getString(0), row.getString(1)));
        return pairs;
    }

    private interface LookUp {
        Uni<Map<String, String>> of(int partition, List<String> missing);
    }
}
