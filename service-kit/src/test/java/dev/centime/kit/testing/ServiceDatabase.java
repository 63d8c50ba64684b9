package dev.centime.kit.testing;

import com.sun.net.httpserver.HttpServer;
import dev.centime.contracts.Organization;
import dev.centime.database.TestPostgres;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/**
 * What a service needs to run in a test: a real database of its own with its schema migrated and the organizations
 * {@code default} and {@code other}, a gateway's JWKS by which it verifies the tokens of {@link TestTokens}, and a key that seals where it keeps secrets. A field of type {@link TestPostgres.Database} in the test gets the database.
 *
 * <p>{@code @QuarkusTestResource(ServiceDatabase.class)}; the schema is the service's own, {@code centime.schema} of its
 * application.properties.
 */
public final class ServiceDatabase implements QuarkusTestResourceLifecycleManager {
    private TestPostgres.@Nullable Database database;
    private @Nullable HttpServer jwks;

    @Override
    public Map<String, String> start() {
        var service = serviceProperties();
        var schema = service.getProperty("centime.schema");
        MigrationVersions.check(schema, Integer.parseInt(service.getProperty("centime.schema-version")));
        database = TestPostgres.database(schema);
        TestOrganizations.create(
                database, schema, Organization.named("default", "Default"), Organization.named("other", "Other"));
        jwks = publishKeys();
        var config = new HashMap<String, String>();
        config.put("quarkus.datasource.reactive.url", database.reactiveUrl());
        config.put("quarkus.datasource.password", database.servicePassword());
        config.put("quarkus.datasource.runner.reactive.url", database.reactiveUrl());
        config.put("quarkus.datasource.runner.password", database.servicePassword());
        config.put("centime.jwks-url", "http://127.0.0.1:" + jwks.getAddress().getPort() + "/.well-known/jwks.json");
        if (service.containsKey("centime.secrets.table")) {
            config.put("centime.secrets.keys", keyFile().toString());
        }
        return config;
    }

    /** A file with one key that seals, drawn for this run. */
    private static Path keyFile() {
        var key = new byte[32];
        new SecureRandom().nextBytes(key);
        try {
            var file = Files.createTempFile("sealing-keys", "");
            file.toFile().deleteOnExit();
            return Files.writeString(file, "test:" + Base64.getEncoder().encodeToString(key));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void inject(TestInjector injector) {
        injector.injectIntoFields(database, new TestInjector.MatchesType(TestPostgres.Database.class));
    }

    @Override
    public void stop() {
        if (jwks != null) {
            jwks.stop(0);
        }
    }

    private static HttpServer publishKeys() {
        try {
            var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            var keys = TestTokens.jwks().getBytes(StandardCharsets.UTF_8);
            server.createContext("/.well-known/jwks.json", exchange -> {
                exchange.getResponseHeaders().add("Content-Type", "application/json");
                exchange.sendResponseHeaders(200, keys.length);
                try (var body = exchange.getResponseBody()) {
                    body.write(keys);
                }
            });
            server.start();
            return server;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Properties serviceProperties() {
        try (var in = Thread.currentThread().getContextClassLoader().getResourceAsStream("application.properties")) {
            var properties = new Properties();
            properties.load(in);
            return properties;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
