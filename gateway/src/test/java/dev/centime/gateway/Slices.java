package dev.centime.gateway;

import dev.centime.eventstore.axon.CentimeAxon;
import org.axonframework.eventsourcing.eventstore.inmemory.InMemoryEventStorageEngine;
import org.axonframework.test.fixture.AxonTestFixture;

/** All slices as in production, on a log in memory. */
public final class Slices {
    private Slices() {}

    public static AxonTestFixture fixture() {
        return AxonTestFixture.with(GatewayConfiguration.slices(CentimeAxon.configurer(
                new InMemoryEventStorageEngine(), GatewayConfiguration.types(), GatewayConfiguration.tags())));
    }
}
