package dev.centime.kit.store;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

/**
 * Waits until the migration job has brought the log's schema and this service's own to the versions the program was written
 * for. A newer one is as good: migrations are made so that the version before still runs.
 */
@ApplicationScoped
public class SchemaVersions {
    private static final Logger LOG = Logger.getLogger(SchemaVersions.class);
    private static final Duration FIRST_PAUSE = Duration.ofMillis(100);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(1);

    private final Pool pool;
    private final String schema;
    private final int version;
    private final int logVersion;

    SchemaVersions(
            Pool pool,
            @ConfigProperty(name = "centime.schema") String schema,
            @ConfigProperty(name = "centime.schema-version") int version,
            @ConfigProperty(name = "centime.log-schema-version") int logVersion) {
        this.pool = pool;
        this.schema = schema;
        this.version = version;
        this.logVersion = logVersion;
    }

    /** Completes when both are there, however long that takes. */
    Uni<Void> reached() {
        return atLeast("log", logVersion)
                .chain(() -> atLeast(schema, version))
                .onFailure()
                .invoke(failure -> LOG.infof("waiting for the database: %s", failure.getMessage()))
                .onFailure()
                .retry()
                .withBackOff(FIRST_PAUSE, LONGEST_PAUSE)
                .indefinitely();
    }

    private Uni<Void> atLeast(String name, int wanted) {
        return pool.query("SELECT coalesce(max(version::int), 0) FROM \"" + name
                        + "\".flyway_schema_history WHERE success AND version IS NOT NULL")
                .execute()
                .map(rows -> rows.iterator().next().getInteger(0))
                .invoke(found -> {
                    if (found < wanted) {
                        throw new IllegalStateException(
                                "schema " + name + " is at version " + found + ", not yet at " + wanted);
                    }
                })
                .replaceWithVoid();
    }
}
