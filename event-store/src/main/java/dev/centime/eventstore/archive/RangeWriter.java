package dev.centime.eventstore.archive;

import dev.centime.eventstore.archive.Manifest.Block;
import dev.centime.eventstore.log.StoredEvent;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;

/** Writes events into a file, block by block: each is a gzip of its own, and all of them one after another are one, too. */
final class RangeWriter implements Closeable {
    /** Few enough that one event can be read for the price of them, enough that they pack well. */
    static final int BLOCK_EVENTS = 1_000;

    private final FileChannel file;
    private final List<Block> blocks = new ArrayList<>();
    private long position;
    private long events;
    private @Nullable StoredEvent first;
    private @Nullable StoredEvent last;
    private Instant newest = Instant.MIN;

    RangeWriter(Path path) throws IOException {
        file = FileChannel.open(
                path, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING);
    }

    /** @param block at most {@link #BLOCK_EVENTS}, at least one, in order */
    void write(List<StoredEvent> block) throws IOException {
        var packed = new ByteArrayOutputStream();
        try (var gzip = new GZIPOutputStream(packed)) {
            for (var event : block) {
                gzip.write(EventLine.of(event));
                gzip.write('\n');
                newest = event.at().isAfter(newest) ? event.at() : newest;
            }
        }
        var bytes = packed.toByteArray();
        blocks.add(new Block(block.getFirst().offset(), block.size(), position, bytes.length, Sha256.of(bytes)));
        for (var buffer = ByteBuffer.wrap(bytes); buffer.hasRemaining(); ) {
            file.write(buffer);
        }
        position += bytes.length;
        events += block.size();
        first = first == null ? block.getFirst() : first;
        last = block.getLast();
    }

    /** All of it is on the disk when this returns. @param database that the events are of */
    Manifest finish(String database) throws IOException {
        if (first == null || last == null) {
            throw new IOException("nothing was written");
        }
        file.force(true);
        return new Manifest(
                Manifest.FORMAT,
                database,
                first.partition(),
                first.offset(),
                last.offset(),
                events,
                position,
                first.recordedAt().toString(),
                last.recordedAt().toString(),
                newest.toString(),
                blocks);
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
