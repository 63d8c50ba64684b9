package dev.centime.kit.store;

import io.quarkus.reactive.datasource.ReactiveDataSource;
import io.quarkus.reactive.pg.client.PgPoolCreator;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.pgclient.spi.PgDriver;
import io.vertx.sqlclient.Pool;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Duration;

/**
 * How both pools connect: a connection on which the server has been silent for so long is closed, and what waits on it fails and is made
 * again. A server that vanished, or a network that swallows replies, would else hold connections, and with them whole partitions, until
 * the operating system gives up, which takes hours where nothing is under way.
 */
class Connections {
    /**
     * No statement takes as long ({@code statement_timeout} of every login), and what nobody uses is closed by its pool long before: only what
     * waits in vain is met.
     */
    static final Duration SILENCE = Duration.ofMinutes(2);

    @Produces
    @Singleton
    PgPoolCreator door() {
        return Connections::create;
    }

    @Produces
    @Singleton
    @ReactiveDataSource("runner")
    PgPoolCreator runner() {
        return Connections::create;
    }

    private static Pool create(PgPoolCreator.Input input) {
        var servers = input.pgConnectOptionsList().stream()
                .map(server -> noticing(server, SILENCE))
                .toList();
        return PgDriver.INSTANCE.createPool(input.vertx(), servers, input.poolOptions());
    }

    /** The same, but a server that is silent for so long is taken for gone. */
    static PgConnectOptions noticing(PgConnectOptions server, Duration silence) {
        var noticing = new PgConnectOptions(server);
        noticing.setReadIdleTimeout((int) silence.toSeconds());
        return noticing;
    }
}
