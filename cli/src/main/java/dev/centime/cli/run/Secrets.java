package dev.centime.cli.run;

import dev.centime.cli.Failure;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.Properties;
import java.util.TreeMap;

/** Passwords and keys of an instance: drawn once, kept in files that only their owner may read. */
final class Secrets {
    private final DataDirectory directory;
    private final Properties passwords;

    private Secrets(DataDirectory directory, Properties passwords) {
        this.directory = directory;
        this.passwords = passwords;
    }

    /** Reads what is there and draws what is missing. */
    static Secrets of(DataDirectory directory) {
        try {
            var passwords = new Properties();
            if (Files.exists(directory.databasePasswords())) {
                passwords.load(new StringReader(Files.readString(directory.databasePasswords())));
            }
            var secrets = new Secrets(directory, passwords);
            secrets.drawMissing();
            return secrets;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String password(String role) {
        var password = passwords.getProperty(role);
        if (password == null) {
            throw new Failure("secrets/database.properties has no password for " + role + ".");
        }
        return password;
    }

    /**
     * The platform administrator's key.
     *
     * @param made told when this call made or took over a key that was not there before
     */
    String adminKey(Runnable made) {
        try {
            if (Files.exists(directory.adminKey())) {
                return Files.readString(directory.adminKey()).strip();
            }
            var chosen = System.getenv("CENTIME_ADMIN_KEY");
            var key = chosen == null || chosen.isBlank() ? "ck_" + RandomText.hex(32) : chosen.strip();
            PrivateFiles.write(directory.adminKey(), key + "\n");
            made.run();
            return key;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void drawMissing() throws IOException {
        if (!Files.exists(directory.channelKeys())) {
            PrivateFiles.write(directory.channelKeys(), "k" + RandomText.hex(4) + ":" + RandomText.base64(32) + "\n");
        }
        var before = passwords.size();
        passwords.putIfAbsent(Postgres.SUPERUSER, RandomText.hex(16));
        for (var service : Service.values()) {
            passwords.putIfAbsent("centime_" + service.schema(), RandomText.hex(16));
            passwords.putIfAbsent("centime_" + service.schema() + "_runner", RandomText.hex(16));
        }
        if (passwords.size() > before) {
            var text = new StringBuilder();
            new TreeMap<>(passwords)
                    .forEach((role, password) ->
                            text.append(role).append('=').append(password).append('\n'));
            PrivateFiles.write(directory.databasePasswords(), text.toString());
        }
    }
}
