package dev.centime.cli.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;

/** Files that only their owner may read. They appear whole or not at all. */
final class PrivateFiles {
    private PrivateFiles() {}

    static void directory(Path path) throws IOException {
        if (Files.isDirectory(path)) {
            return;
        }
        Files.createDirectories(path.getParent() == null ? path : path.getParent());
        Files.createDirectories(
                path, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    }

    static void write(Path file, String text) throws IOException {
        var directory = file.toAbsolutePath().getParent();
        // createTempFile gives mode 600 from the first moment on.
        var draft = Files.createTempFile(directory, file.getFileName().toString(), ".new");
        try {
            Files.writeString(draft, text);
            Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(draft);
        }
    }
}
