package dev.centime.kit;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.function.Function;

/**
 * Reads and writes for one organization: a transaction in which row-level security shows that organization's rows and no others,
 * so a forgotten WHERE shows nothing.
 */
@ApplicationScoped
public class Tenants {
    private static final String SET_ORGANIZATION = "SELECT set_config('centime.organization', $1, true)";
    private static final String ONE_MOMENT = "SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY";

    private final Pool pool;

    Tenants(Pool pool) {
        this.pool = pool;
    }

    /** Runs work in a transaction seen as an organization, or {@code *} for a platform admin's read over all. */
    public <T> Uni<T> with(String organization, Function<SqlConnection, Uni<T>> work) {
        return pool.withTransaction(connection -> connection
                .preparedQuery(SET_ORGANIZATION)
                .execute(Tuple.of(organization))
                .chain(() -> work.apply(connection)));
    }

    /** Reads for a caller's organization, where several statements must tell of one moment. */
    public <T> Uni<T> atOneMoment(Caller caller, Function<SqlConnection, Uni<T>> reads) {
        return pool.withTransaction(connection -> connection
                .query(ONE_MOMENT)
                .execute()
                .chain(() -> connection.preparedQuery(SET_ORGANIZATION).execute(Tuple.of(caller.organization())))
                .chain(() -> reads.apply(connection)));
    }

    /**
     * As {@link #atOneMoment(Caller, Function)}, also while a rebuilt view takes the place of one that is read.
     *
     * @param tables that are read; locked first, since the rows of those that take their place are not there for an older snapshot
     */
    public <T> Uni<T> atOneMoment(Caller caller, List<String> tables, Function<SqlConnection, Uni<T>> work) {
        var lock = "LOCK TABLE " + String.join(", ", tables) + " IN ACCESS SHARE MODE";
        return pool.withTransaction(connection -> connection
                .query(ONE_MOMENT)
                .execute()
                .chain(() -> connection.query(lock).execute())
                .chain(() -> connection.preparedQuery(SET_ORGANIZATION).execute(Tuple.of(caller.organization())))
                .chain(() -> work.apply(connection)));
    }

    /** As {@link #with(String, Function)}, for the organization of a caller. */
    public <T> Uni<T> with(Caller caller, Function<SqlConnection, Uni<T>> work) {
        return with(caller.organization(), work);
    }
}
