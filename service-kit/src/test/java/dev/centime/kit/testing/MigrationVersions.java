package dev.centime.kit.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.FileSystemNotFoundException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Pattern;

/** Whether a service waits for the version that its migrations make. */
final class MigrationVersions {
    private static final Pattern MIGRATION = Pattern.compile("V(\\d+)__.*\\.sql");

    private MigrationVersions() {}

    /** @throws IllegalStateException when the number configured is not that of the newest migration on the class path */
    static void check(String schema, int configured) {
        var newest = newest(schema);
        if (newest != configured) {
            throw new IllegalStateException("the newest migration of " + schema + " is V" + newest
                    + " but its service waits for version " + configured + ": set it in the configuration");
        }
    }

    /** 0 without migrations. */
    static int newest(String schema) {
        try {
            var folders = Thread.currentThread().getContextClassLoader().getResources("db/" + schema);
            var newest = 0;
            while (folders.hasMoreElements()) {
                newest = Math.max(newest, newestIn(folders.nextElement().toURI()));
            }
            return newest;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (java.net.URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    private static int newestIn(URI folder) throws IOException {
        if (folder.getScheme().equals("file")) {
            return newestIn(Path.of(folder));
        }
        try {
            FileSystems.getFileSystem(folder);
        } catch (FileSystemNotFoundException e) {
            try (var jar = FileSystems.newFileSystem(folder, Map.of())) {
                return newestIn(jar.provider().getPath(folder));
            }
        }
        return newestIn(Path.of(folder));
    }

    private static int newestIn(Path folder) throws IOException {
        try (var files = Files.list(folder)) {
            return files.map(file -> MIGRATION.matcher(file.getFileName().toString()))
                    .filter(java.util.regex.Matcher::matches)
                    .mapToInt(match -> Integer.parseInt(match.group(1)))
                    .max()
                    .orElse(0);
        }
    }
}
