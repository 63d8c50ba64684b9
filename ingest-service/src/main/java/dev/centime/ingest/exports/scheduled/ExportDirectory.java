package dev.centime.ingest.exports.scheduled;

import dev.centime.ingest.exports.ExportSettings;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** The one directory that exports may be written to, a folder of its own for each organization. */
@ApplicationScoped
class ExportDirectory {
    private final Optional<Path> root;

    ExportDirectory(ExportSettings settings) {
        this.root = settings.directory().filter(path -> !path.isBlank()).map(Path::of);
    }

    /** Whether the operator set one aside. */
    boolean isThere() {
        return root.isPresent();
    }

    /**
     * The folder of an organization's destination, made when it is not there.
     *
     * @throws IOException when it cannot be made, or a link leads out of what was set aside
     */
    Path folder(String organization, String path) throws IOException {
        var base = root.orElseThrow(() -> new IOException("no directory is set aside for exports"));
        Files.createDirectories(base);
        var own = base.toRealPath().resolve(organization);
        var folder = own.resolve(path).normalize();
        if (!folder.startsWith(own)) {
            throw new IOException("the path leads out of the organization's directory");
        }
        var part = own;
        refuseLink(part);
        for (var name : own.relativize(folder)) {
            part = part.resolve(name);
            refuseLink(part);
        }
        Files.createDirectories(folder);
        return folder;
    }

    private static void refuseLink(Path part) throws IOException {
        if (Files.isSymbolicLink(part)) {
            throw new IOException("the path leads through a link");
        }
    }
}
