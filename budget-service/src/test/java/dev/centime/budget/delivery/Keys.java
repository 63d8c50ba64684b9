package dev.centime.budget.delivery;

import dev.centime.budget.AlertSettings.Signing;
import dev.centime.budget.AlertSettings.Webhook;
import dev.centime.budget.secret.SealedRow;
import dev.centime.database.TestPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;

/**
 * A file of keys as an installation has one.
 *
 * @param lines the first of which seals
 */
record Keys(Path file, List<String> lines) {

    /** Drawn for this run. */
    static Keys in(Path folder, String id) throws IOException {
        return written(folder.resolve("keys-" + id), List.of(id + ":" + drawn()));
    }

    /** The same with another key before it, in a file of its own. */
    Keys behind(Keys newer) throws IOException {
        return written(
                file.resolveSibling(newer.file.getFileName() + "-before-" + file.getFileName()),
                Stream.concat(newer.lines.stream(), lines.stream()).toList());
    }

    private static Keys written(Path file, List<String> lines) throws IOException {
        return new Keys(Files.write(file, lines), lines);
    }

    /** A webhook whose address and secret lie sealed as the service would have it. */
    Webhook seal(Station here, TestPostgres.Database database, String organization, String id, String url)
            throws IOException, SQLException {
        var partition = here.log().partitionOf(organization).await().atMost(Duration.ofSeconds(60));
        try (var connection = database.connect()) {
            SealedRow.put(connection, file, partition, organization, "address-" + id, url);
            SealedRow.put(connection, file, partition, organization, "secret-" + id, "whsec_" + drawn());
        }
        return new Webhook(id, "http://127.0.0.1/…", "address-" + id, List.of(new Signing("secret-" + id, null)));
    }

    private static String drawn() {
        var bytes = new byte[32];
        new SecureRandom().nextBytes(bytes);
        return Base64.getEncoder().encodeToString(bytes);
    }
}
