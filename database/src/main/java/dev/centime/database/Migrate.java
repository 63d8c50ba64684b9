package dev.centime.database;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;

/**
 * The migration job. Runs with the jars of all services on the class path, so that their migrations are found, and ends with 0
 * when every schema is at its newest version.
 *
 * <p>Environment: {@code CENTIME_MIGRATION_URL} (JDBC), {@code CENTIME_MIGRATION_USER}, {@code CENTIME_MIGRATION_PASSWORD},
 * {@code CENTIME_DATABASE_PASSWORDS} (a properties file, role = password).
 */
public final class Migrate {
    /** Every schema, in the order in which they are migrated. */
    public static final List<String> SCHEMAS =
            List.of("kit", "log", "ingest", "budget", "forecast", "recommendation", "gateway");

    private Migrate() {}

    public static void main(String[] args) throws Exception {
        var url = required("CENTIME_MIGRATION_URL");
        var user = required("CENTIME_MIGRATION_USER");
        var password = System.getenv().getOrDefault("CENTIME_MIGRATION_PASSWORD", "");
        CreateDatabase.ifMissing(url, user, password);
        new Migrator(url, user, password).migrate(SCHEMAS, passwords(Path.of(required("CENTIME_DATABASE_PASSWORDS"))));
    }

    private static Map<String, String> passwords(Path file) throws IOException {
        var properties = new Properties();
        try (var in = Files.newBufferedReader(file)) {
            properties.load(in);
        }
        var passwords = new HashMap<String, String>();
        properties.stringPropertyNames().forEach(role -> passwords.put(role, properties.getProperty(role)));
        return passwords;
    }

    private static String required(String name) {
        var value = System.getenv(name);
        if (value == null || value.isBlank()) {
            System.err.println(name + " is not set");
            System.exit(2);
        }
        return value;
    }
}
