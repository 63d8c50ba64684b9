package dev.centime.cli.imports;

import dev.centime.cli.Failure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Predicate;

/** The files below a folder, in the order of their names. */
final class Folder {
    private Folder() {}

    /** Hidden ones are not among them. The folder itself may be a link; those within it are not followed, lest they lead in circles. */
    static List<Path> files(Path folder, Predicate<String> wanted) {
        try {
            return below(folder, folder.toRealPath(), wanted);
        } catch (IOException | java.io.UncheckedIOException e) {
            throw new Failure("The folder " + folder + " cannot be read: " + e.getMessage());
        }
    }

    private static List<Path> below(Path folder, Path real, Predicate<String> wanted) throws IOException {
        try (var all = Files.walk(real)) {
            return all.filter(Files::isRegularFile)
                    .filter(file -> !file.getFileName().toString().startsWith("."))
                    .filter(file -> wanted.test(file.getFileName().toString()))
                    .map(file -> folder.resolve(real.relativize(file)))
                    .sorted()
                    .toList();
        }
    }
}
