package dev.centime.kit;

import dev.centime.eventstore.projection.Projection;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Instance;
import java.util.List;
import java.util.function.Function;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * Reads and writes for one organization: a transaction in which row-level security shows that organization's rows and no others,
 * so a forgotten WHERE shows nothing.
 */
@ApplicationScoped
public class Tenants {
    private static final String SET_ORGANIZATION = "SELECT set_config('centime.organization', $1, true)";
    private static final String ONE_MOMENT = "SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY";

    private final Pool pool;
    private final List<String> views;

    Tenants(Pool pool, Instance<Projection> projections, @ConfigProperty(name = "centime.schema") String schema) {
        this.pool = pool;
        this.views = projections.stream()
                .flatMap(projection -> projection.tables().stream())
                .map(table -> schema + "." + table)
                .toList();
    }

    /** Runs work in a transaction seen as an organization, or {@code *} for a platform admin's read over all. */
    public <T> Uni<T> with(String organization, Function<SqlConnection, Uni<T>> work) {
        return pool.withTransaction(connection -> connection
                .preparedQuery(SET_ORGANIZATION)
                .execute(Tuple.of(organization))
                .chain(() -> work.apply(connection)));
    }

    /**
     * Reads for a caller's organization, where several statements must tell of one moment, also while a rebuilt view takes the place of
     * one that is read. Whoever knows which tables he reads names them: a rebuild of another view then waits for him no more than he
     * for it.
     */
    public <T> Uni<T> atOneMoment(Caller caller, Function<SqlConnection, Uni<T>> reads) {
        return atOneMoment(caller, views, reads);
    }

    /**
     * As {@link #atOneMoment(Caller, Function)}, of some tables.
     *
     * @param tables that are read; locked first, since the rows of those that take their place are not there for an older snapshot
     */
    public <T> Uni<T> atOneMoment(Caller caller, List<String> tables, Function<SqlConnection, Uni<T>> work) {
        return pool.withTransaction(connection -> connection
                .query(ONE_MOMENT)
                .execute()
                .chain(() -> lock(connection, tables))
                .chain(() -> connection.preparedQuery(SET_ORGANIZATION).execute(Tuple.of(caller.organization())))
                .chain(() -> work.apply(connection)));
    }

    /** A table's partitions are left out: none of them takes another's place by itself. */
    private static Uni<Void> lock(SqlConnection connection, List<String> tables) {
        return tables.isEmpty()
                ? Uni.createFrom().voidItem()
                : connection
                        .query("LOCK TABLE ONLY " + String.join(", ONLY ", tables) + " IN ACCESS SHARE MODE")
                        .execute()
                        .replaceWithVoid();
    }

    /** As {@link #with(String, Function)}, for the organization of a caller. */
    public <T> Uni<T> with(Caller caller, Function<SqlConnection, Uni<T>> work) {
        return with(caller.organization(), work);
    }
}
