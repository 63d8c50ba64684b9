package dev.centime.kit.testing;

import dev.centime.contracts.Contracts;
import dev.centime.contracts.Organization;
import dev.centime.contracts.OrganizationCreated;
import dev.centime.contracts.StoredAs;
import dev.centime.database.TestPostgres;
import dev.centime.eventstore.log.EventTypes;
import dev.centime.eventstore.log.LogSettings;
import dev.centime.eventstore.log.PostgresEventLog;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.mutiny.core.Vertx;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.sqlclient.PoolOptions;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;

/** Tenants for tests, put into the log as the gateway would. */
public final class TestOrganizations {
    private TestOrganizations() {}

    /** @param schema of a service that the database was made for; its login appends */
    public static void create(TestPostgres.Database database, String schema, Organization... organizations) {
        var vertx = Vertx.vertx();
        var options = PgConnectOptions.fromUri(database.reactiveUrl())
                .setUser("centime_" + schema)
                .setPassword(database.servicePassword());
        var pool = Pool.newInstance(io.vertx.pgclient.PgBuilder.pool()
                .with(new PoolOptions().setMaxSize(1))
                .connectingTo(options)
                .using(vertx.getDelegate())
                .build());
        var stored = OrganizationCreated.class.getAnnotation(StoredAs.class);
        var types = EventTypes.with(Contracts.mapper())
                .add(OrganizationCreated.class, stored.name(), stored.version())
                .build();
        var events = Arrays.stream(organizations)
                .map(organization -> types.encode(
                        "organization-created:" + organization.id(),
                        Instant.parse("2020-01-01T00:00:00Z"),
                        new OrganizationCreated(organization),
                        Map.of(),
                        Set.of()))
                .toList();
        PostgresEventLog.on(pool, LogSettings.defaults(), new SimpleMeterRegistry())
                .append(Contracts.PLATFORM, events)
                .chain(pool::close)
                .chain(vertx::close)
                .await()
                .indefinitely();
    }
}
