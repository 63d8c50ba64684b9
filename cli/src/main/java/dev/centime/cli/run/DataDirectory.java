package dev.centime.cli.run;

import dev.centime.cli.Failure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Where an instance keeps everything: data, secrets, logs, and what is known of its processes.
 *
 * <pre>
 * lock                 held by the launcher while it lives
 * instance             a random name, made once
 * postgres/            the database
 * postgresql-VERSION/  the server's programs
 * secrets/             admin-key, channel-keys, database.properties, signing-key (mode 700, files 600)
 * run/state.json       what the launcher last knew
 * logs/                one file a process
 * imports/             which logs of agents were imported already
 * archive/             old parts of the log, if any were moved there
 * </pre>
 */
public final class DataDirectory {
    private final Path path;

    private DataDirectory(Path path) {
        this.path = path;
    }

    /** The directory, which may not be there yet. */
    public static DataDirectory at(Path path) {
        return new DataDirectory(path.toAbsolutePath().normalize());
    }

    /** The one that is meant when none is named: {@code CENTIME_DATA_DIR}, else {@code .centime} beside the launcher script. */
    public static Path usual() {
        var named = System.getenv("CENTIME_DATA_DIR");
        if (named != null && !named.isBlank()) {
            return Path.of(named);
        }
        return Path.of(System.getProperty("centime.home", ".")).resolve(".centime");
    }

    /** Makes what is missing of it. */
    public DataDirectory create() {
        try {
            PrivateFiles.directory(path);
            PrivateFiles.directory(secrets());
            PrivateFiles.directory(logs());
            PrivateFiles.directory(run());
            if (!Files.exists(path.resolve("instance"))) {
                PrivateFiles.write(path.resolve("instance"), RandomText.hex(8));
            }
            return this;
        } catch (IOException e) {
            throw new Failure("The data directory " + path + " cannot be made (" + e.getMessage()
                    + "): choose another with --data-dir.");
        }
    }

    public boolean exists() {
        return Files.exists(path.resolve("instance"));
    }

    /**
     * Marks this instance's processes on their command lines. It depends on the place too, so that a copy of the directory
     * does not take the original's processes for its own.
     */
    String mark() {
        try {
            var name = Files.readString(path.resolve("instance")).strip();
            return name + Integer.toHexString(path.toRealPath().hashCode());
        } catch (IOException e) {
            throw new Failure("The data directory " + path + " cannot be read: " + e.getMessage());
        }
    }

    public Path path() {
        return path;
    }

    Path lock() {
        return path.resolve("lock");
    }

    Path cluster() {
        return path.resolve("postgres");
    }

    /** What was imported from this machine, remembered by whom it was sent to. */
    public Path imports() {
        return path.resolve("imports");
    }

    /** Old parts of the log; {@code CENTIME_LOG_ARCHIVE} says another place. */
    Path archive() {
        var named = System.getenv("CENTIME_LOG_ARCHIVE");
        return named == null || named.isBlank()
                ? path.resolve("archive")
                : Path.of(named).toAbsolutePath().normalize();
    }

    Path secrets() {
        return path.resolve("secrets");
    }

    public Path adminKey() {
        return secrets().resolve("admin-key");
    }

    /** What secrets of channels of alerts are sealed with. */
    Path channelKeys() {
        return secrets().resolve("channel-keys");
    }

    Path databasePasswords() {
        return secrets().resolve("database.properties");
    }

    Path run() {
        return path.resolve("run");
    }

    Path state() {
        return run().resolve("state.json");
    }

    Path logs() {
        return path.resolve("logs");
    }

    Path log(String part) {
        return logs().resolve(part + ".log");
    }

    @Override
    public String toString() {
        return path.toString();
    }
}
