package dev.centime.ingest.exports.scheduled;

import dev.centime.ingest.exports.scheduled.Leftover.Noted;
import dev.centime.ingest.exports.scheduled.Leftover.PartOfFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/** A file in the directory that the operator set aside. Each try writes one of its own. */
final class ExportFile implements Unfinished {
    private final Path folder;
    private final String path;
    private final String name;
    private final Path unfinished;
    private final Noted noted;
    private final FileChannel out;

    private ExportFile(Path folder, PartOfFile part, String name, Noted noted) throws IOException {
        this.folder = folder;
        this.path = part.path();
        this.name = name;
        this.unfinished = folder.resolve(part.name());
        this.noted = noted;
        this.out = FileChannel.open(
                unfinished, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE);
    }

    /**
     * Begins one.
     *
     * @param folder which is there
     * @param path of the folder, as in the destination
     * @param epoch of the try
     */
    static ExportFile begin(Path folder, String path, String name, int epoch, Noted noted) throws IOException {
        var part = new PartOfFile(path, "." + name + "." + epoch + ".part");
        noted.left(part);
        return new ExportFile(folder, part, name, noted);
    }

    @Override
    public void write(byte[] bytes) throws IOException {
        var left = ByteBuffer.wrap(bytes);
        while (left.hasRemaining()) {
            out.write(left);
        }
    }

    @Override
    public Written finish() throws IOException {
        // The log says next that it is there, and the log outlives a power cut.
        out.force(true);
        out.close();
        var bytes = Files.size(unfinished);
        Files.move(
                unfinished, folder.resolve(name), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        try (var names = FileChannel.open(folder, StandardOpenOption.READ)) {
            names.force(true);
        }
        return new Written(path.isEmpty() ? name : path + "/" + name, bytes);
    }

    @Override
    public void close() throws IOException {
        out.close();
        Files.deleteIfExists(unfinished);
        noted.left(null);
    }
}
