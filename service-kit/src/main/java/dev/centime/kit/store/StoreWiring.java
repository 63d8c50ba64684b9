package dev.centime.kit.store;

import dev.centime.eventstore.archive.FileArchive;
import dev.centime.eventstore.log.EventLog;
import dev.centime.eventstore.log.EventTypes;
import dev.centime.eventstore.log.LogArchive;
import dev.centime.eventstore.log.LogSettings;
import dev.centime.eventstore.log.PostgresEventLog;
import dev.centime.eventstore.log.PostgresSubjects;
import dev.centime.eventstore.log.PostgresWakeUps;
import dev.centime.eventstore.log.Subjects;
import dev.centime.eventstore.log.WakeUps;
import dev.centime.eventstore.projection.Projection;
import dev.centime.eventstore.projection.ProjectionRunner;
import dev.centime.eventstore.projection.Projections;
import dev.centime.eventstore.projection.Reaction;
import dev.centime.eventstore.projection.RunnerSettings;
import dev.centime.eventstore.projection.WhenDue;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.reactive.datasource.ReactiveDataSource;
import io.quarkus.runtime.configuration.MemorySize;
import io.vertx.mutiny.core.Vertx;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.pgclient.PgConnectOptions;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Instance;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.nio.file.Path;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Makes the event store of a service from its two pools and whatever projections, reactions and timers its beans are. */
public class StoreWiring {
    @Produces
    @Singleton
    WakeUps wakeUps(
            Vertx vertx,
            @ConfigProperty(name = "quarkus.datasource.reactive.url") String url,
            @ConfigProperty(name = "quarkus.datasource.username") String user,
            @ConfigProperty(name = "quarkus.datasource.password", defaultValue = "") String password) {
        return PostgresWakeUps.on(
                vertx, PgConnectOptions.fromUri(url).setUser(user).setPassword(password));
    }

    void close(@Disposes WakeUps wakeUps) {
        wakeUps.close();
    }

    @Produces
    @Singleton
    EventLog log(
            Pool door,
            @ReactiveDataSource("runner") Pool runner,
            MeterRegistry metrics,
            WakeUps wakeUps,
            @ConfigProperty(name = "centime.log.archive") Optional<Path> archive) {
        return PostgresEventLog.on(
                door,
                runner,
                LogSettings.defaults(),
                metrics,
                wakeUps,
                archive.<LogArchive>map(directory -> FileArchive.in(directory, runner, metrics))
                        .orElseGet(LogArchive::none));
    }

    @Produces
    @Singleton
    Subjects subjects(Pool door) {
        return PostgresSubjects.on(door);
    }

    @Produces
    @Singleton
    Projections projections(
            EventLog log,
            EventTypes types,
            @ReactiveDataSource("runner") Pool runner,
            WakeUps wakeUps,
            MeterRegistry metrics,
            @ConfigProperty(name = "centime.schema") String schema,
            @ConfigProperty(name = "centime.projections.max-page-size", defaultValue = "8M") MemorySize pageSize,
            Instance<Projection> projections,
            Instance<Reaction> reactions,
            Instance<WhenDue> timers) {
        var builder = ProjectionRunner.builder()
                .schema(schema)
                .log(log)
                .types(types)
                .pool(runner)
                .wakeUps(wakeUps)
                .metrics(metrics)
                .settings(RunnerSettings.DEFAULT.withMaxPageBytes(Math.toIntExact(pageSize.asLongValue())));
        projections.forEach(builder::project);
        reactions.forEach(builder::react);
        timers.forEach(builder::whenDue);
        return builder.build();
    }
}
