package dev.centime.budget.secret;

import dev.centime.kit.secret.KeptSecrets;
import dev.centime.kit.secret.KeyRing;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;

/** Keeps a secret in the database as the service would, for tests that run without it. */
public final class SealedRow {
    private SealedRow() {}

    public static void put(Connection connection, Path keys, int partition, String organization, String id, String text)
            throws IOException, SQLException {
        var sealed = new KeyRing(Files.readAllLines(keys)).seal(KeptSecrets.place(organization, id), text);
        try (var insert = connection.prepareStatement(
                "INSERT INTO budget.channel_secret (partition, organization, secret_id, key_id, sealed, created_at)"
                        + " VALUES (?, ?, ?, ?, ?, now())")) {
            insert.setInt(1, partition);
            insert.setString(2, organization);
            insert.setString(3, id);
            insert.setString(4, sealed.keyId());
            insert.setBytes(5, sealed.bytes());
            insert.executeUpdate();
        }
    }
}
