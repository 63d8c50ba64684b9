package dev.centime.ingest.view;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;

/** From when on the calls of organizations are kept one by one. */
public final class DetailHorizon {
    /** Written by the view of retention alone. */
    public static final String TABLE = "detail_horizon";

    private static final String STATEMENT =
            "SELECT organization, before FROM ingest." + TABLE + " WHERE partition = $1 AND organization = ANY ($2)";

    private DetailHorizon() {}

    /** Of organizations of one partition; those of which nothing ever expired are absent. */
    public static Uni<Map<String, Instant>> of(
            SqlConnection connection, int partition, Collection<String> organizations) {
        return connection
                .preparedQuery(STATEMENT)
                .execute(Tuple.of(partition, organizations.toArray(String[]::new)))
                .map(rows -> {
                    var horizons = new HashMap<String, Instant>();
                    rows.forEach(row -> horizons.put(
                            row.getString("organization"),
                            row.getOffsetDateTime("before").toInstant()));
                    return horizons;
                });
    }
}
