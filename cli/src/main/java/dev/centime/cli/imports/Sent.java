package dev.centime.cli.imports;

import dev.centime.cli.Failure;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.io.UncheckedIOException;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** What is sent as one file. @param name that the import gets */
record Sent(String name, BodyPublisher content) {
    private static final int PIPE_BYTES = 1 << 18;

    static Sent file(Path path) {
        try {
            return new Sent(path.getFileName().toString(), BodyPublishers.ofFile(path));
        } catch (IOException e) {
            throw new Failure(path + " cannot be read: " + e.getMessage());
        }
    }

    /** Several files, packed while they are sent. @param root of which their names in the archive leave out the path */
    static Sent archive(String name, Path root, List<Path> files) {
        return new Sent(name, BodyPublishers.ofInputStream(() -> packed(root, files)));
    }

    private static InputStream packed(Path root, List<Path> files) {
        try {
            var in = new PipedInputStream(PIPE_BYTES);
            var out = new PipedOutputStream(in);
            Thread.ofVirtual().start(() -> pack(root, files, out));
            return in;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What breaks off leaves an archive without its end, which is refused there. */
    private static void pack(Path root, List<Path> files, OutputStream out) {
        try (out) {
            var zip = new ZipOutputStream(out);
            zip.setLevel(Deflater.BEST_SPEED);
            for (var file : files) {
                zip.putNextEntry(new ZipEntry(root.relativize(file).toString().replace('\\', '/')));
                Files.copy(file, zip);
                zip.closeEntry();
            }
            zip.finish();
        } catch (IOException e) {
            System.err.println("centime: packing broke off: " + e.getMessage());
        }
    }
}
