package dev.centime.eventstore.archive;

import dev.centime.eventstore.archive.Manifest.Block;
import dev.centime.eventstore.log.StoredEvent;
import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPInputStream;

/** An archived range as it is read: nothing is given out whose hash is not the one that was written down. */
final class RangeFile {
    private final Path events;
    private final Manifest manifest;

    RangeFile(Path events, Manifest manifest) {
        this.events = events;
        this.manifest = manifest;
    }

    /** @throws IOException when the manifest is missing or is not the one that the log knows */
    static RangeFile open(Path directory, ArchivedRange range) throws IOException {
        var path = ArchivedRange.manifest(directory, range.name());
        byte[] json;
        try {
            json = Files.readAllBytes(path);
        } catch (NoSuchFileException e) {
            throw new IOException(
                    "the log's offsets " + range.firstOffset() + " to " + range.lastOffset() + " of partition "
                            + range.partition() + " are in " + path + ", which is not there",
                    e);
        }
        if (!Sha256.of(json).equals(range.hash())) {
            throw new IOException(path + " is not the file that the log was archived to");
        }
        return new RangeFile(ArchivedRange.events(directory, range.name()), Manifest.read(json));
    }

    Manifest manifest() {
        return manifest;
    }

    /** The place of the block that holds an offset of this range. */
    int blockOf(long offset) {
        int low = 0;
        int high = manifest.blocks().size() - 1;
        while (low < high) {
            int middle = (low + high + 1) >>> 1;
            if (manifest.blocks().get(middle).firstOffset() <= offset) {
                low = middle;
            } else {
                high = middle - 1;
            }
        }
        return low;
    }

    int blocks() {
        return manifest.blocks().size();
    }

    /** @throws IOException when it is not what was written */
    List<StoredEvent> read(int place) throws IOException {
        var block = manifest.blocks().get(place);
        var bytes = bytes(block);
        if (!Sha256.of(bytes).equals(block.sha256())) {
            throw new IOException(events + " is damaged at byte " + block.position());
        }
        var read = new ArrayList<StoredEvent>(block.events());
        try (var lines = new BufferedReader(
                new InputStreamReader(new GZIPInputStream(new ByteArrayInputStream(bytes)), StandardCharsets.UTF_8))) {
            for (var line = lines.readLine(); line != null; line = lines.readLine()) {
                read.add(EventLine.read(manifest.partition(), line));
            }
        }
        if (read.size() != block.events() || read.getFirst().offset() != block.firstOffset()) {
            throw new IOException(
                    events + " holds other events at byte " + block.position() + " than its manifest says");
        }
        return read;
    }

    private byte[] bytes(Block block) throws IOException {
        var buffer = ByteBuffer.allocate(block.bytes());
        try (var file = FileChannel.open(events)) {
            while (buffer.hasRemaining()) {
                if (file.read(buffer, block.position() + buffer.position()) < 0) {
                    throw new IOException(events + " ends before byte " + (block.position() + block.bytes()));
                }
            }
        }
        return buffer.array();
    }
}
