package dev.centime.gateway;

import dev.centime.database.TestPostgres;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.HashMap;
import java.util.Map;

/** What the gateway needs to run in a test: a real database with nothing in it yet, and four backends. */
public final class GatewayInstance implements QuarkusTestResourceLifecycleManager {
    public static final String ADMIN_KEY = "ck_test-admin-key-of-sufficient-length";

    @Override
    public Map<String, String> start() {
        try {
            var database = TestPostgres.database("gateway");
            var folder = Files.createTempDirectory("gateway");
            var config = new HashMap<String, String>();
            config.put("quarkus.datasource.reactive.url", database.reactiveUrl());
            config.put("quarkus.datasource.password", database.servicePassword());
            config.put("quarkus.datasource.runner.reactive.url", database.reactiveUrl());
            config.put("quarkus.datasource.runner.password", database.servicePassword());
            config.put("centime.gateway.admin-key", ADMIN_KEY);
            config.put(
                    "centime.gateway.signing-key",
                    folder.resolve("keys/signing.jwk").toString());
            // Longer than a machine stands still, but for the one that tests wait for.
            config.put("centime.gateway.timeouts.connect", "30s");
            config.put("centime.gateway.timeouts.idle", "10s");
            config.put("centime.gateway.timeouts.section", "60s");
            for (var service : new String[] {"ingest", "budget", "forecast", "recommendation"}) {
                config.put("centime.gateway.services." + service, Backends.RUNNING.url(service));
            }
            this.database = database;
            return config;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private TestPostgres.Database database;

    @Override
    public void inject(TestInjector injector) {
        injector.injectIntoFields(database, new TestInjector.MatchesType(TestPostgres.Database.class));
        injector.injectIntoFields(Backends.RUNNING, new TestInjector.MatchesType(Backends.class));
    }

    @Override
    public void stop() {
        // The backends end with the JVM: another test class may use them.
    }
}
