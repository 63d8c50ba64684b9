package dev.centime.cli.run;

import dev.centime.cli.Failure;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Locale;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.tukaani.xz.XZInputStream;

/** The PostgreSQL that comes with Centime: unpacked once beside the data, from the archive on the class path. */
final class PostgresPrograms {
    /** Stands in the directory's name, so that another version is unpacked beside the old one. */
    private static final String VERSION = "18.6";

    private final Path home;

    private PostgresPrograms(Path home) {
        this.home = home;
    }

    static PostgresPrograms unpackedIn(DataDirectory directory) {
        var home = directory.path().resolve("postgresql-" + VERSION);
        if (!Files.isDirectory(home)) {
            try {
                unpack(home);
            } catch (IOException e) {
                throw new Failure("PostgreSQL could not be unpacked to " + home + ": " + e.getMessage());
            }
        }
        return new PostgresPrograms(home);
    }

    Path program(String name) {
        return home.resolve("bin").resolve(name);
    }

    Path home() {
        return home;
    }

    /** Unpacks aside and moves it in one step: a start that is killed leaves no half of it. */
    private static void unpack(Path home) throws IOException {
        var archive = archive();
        var draft = Files.createTempDirectory(home.toAbsolutePath().getParent(), ".unpacking");
        try (var raw = PostgresPrograms.class.getResourceAsStream("/" + archive)) {
            if (raw == null) {
                throw new Failure("No PostgreSQL comes with this build for " + System.getProperty("os.name") + " on "
                        + System.getProperty("os.arch") + ": use a server of your own with --postgres-url.");
            }
            unpack(raw, draft);
            Files.setPosixFilePermissions(draft, PosixFilePermissions.fromString("rwxr-xr-x"));
            Files.move(draft, home);
        } finally {
            Trees.delete(draft);
        }
    }

    private static void unpack(InputStream raw, Path target) throws IOException {
        try (var tar = new TarArchiveInputStream(new XZInputStream(new BufferedInputStream(raw)))) {
            TarArchiveEntry entry;
            while ((entry = tar.getNextEntry()) != null) {
                var path = target.resolve(entry.getName()).normalize();
                if (!path.startsWith(target)) {
                    throw new IOException("an entry leads outside: " + entry.getName());
                }
                if (entry.isDirectory()) {
                    Files.createDirectories(path);
                } else if (entry.isSymbolicLink()) {
                    Files.createDirectories(path.getParent());
                    Files.createSymbolicLink(path, Path.of(entry.getLinkName()));
                } else {
                    Files.createDirectories(path.getParent());
                    Files.copy(tar, path);
                    var executable = (entry.getMode() & 0100) != 0;
                    Files.setPosixFilePermissions(
                            path, PosixFilePermissions.fromString(executable ? "rwxr-xr-x" : "rw-r--r--"));
                }
            }
        }
    }

    private static String archive() {
        var system = System.getProperty("os.name").toLowerCase(Locale.ROOT).contains("mac") ? "darwin" : "linux";
        var processor =
                switch (System.getProperty("os.arch")) {
                    case "aarch64" -> "arm_64";
                    case "amd64", "x86_64" -> "x86_64";
                    default -> System.getProperty("os.arch");
                };
        return "postgres-" + system + "-" + processor + ".txz";
    }
}
