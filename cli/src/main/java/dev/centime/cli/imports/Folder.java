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

    /** Hidden ones are not among them. */
    static List<Path> files(Path folder, Predicate<String> wanted) {
        try (var all = Files.walk(folder)) {
            return all.filter(Files::isRegularFile)
                    .filter(file -> !file.getFileName().toString().startsWith("."))
                    .filter(file -> wanted.test(file.getFileName().toString()))
                    .sorted()
                    .toList();
        } catch (IOException | java.io.UncheckedIOException e) {
            throw new Failure("The folder " + folder + " cannot be read: " + e.getMessage());
        }
    }
}
