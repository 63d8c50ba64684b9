package dev.centime.kit.secret;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * Where a service keeps its secrets: a table with {@code partition, organization, secret_id, key_id, sealed, created_at} and the first
 * three of them as key. A service that keeps none names none.
 */
@ApplicationScoped
public class SecretTable {
    private final Optional<String> name;

    /** @param name with its schema */
    public SecretTable(@ConfigProperty(name = "centime.secrets.table") Optional<String> name) {
        this.name = name;
    }

    boolean isThere() {
        return name.isPresent();
    }

    /** A statement about it. @param statement with {@code %s} for the table's name */
    String in(String statement) {
        return statement.formatted(name.orElseThrow(
                () -> new IllegalStateException("this service keeps no secrets (centime.secrets.table)")));
    }
}
