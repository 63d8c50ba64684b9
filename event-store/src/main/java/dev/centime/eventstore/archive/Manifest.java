package dev.centime.eventstore.archive;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.io.IOException;
import java.util.List;

/**
 * What an archived range is made of; stands in a file beside it. The log keeps this file's hash, and this keeps those of the parts.
 *
 * @param format of the files, 1
 * @param database that it is a part of
 * @param lastOffset included
 * @param bytes of the file of events
 * @param newestEvent the latest time at which one of its events happened
 */
record Manifest(
        int format,
        String database,
        int partition,
        long firstOffset,
        long lastOffset,
        long events,
        long bytes,
        String firstRecordedAt,
        String lastRecordedAt,
        String newestEvent,
        List<Block> blocks) {
    static final int FORMAT = 1;

    /**
     * A part of the file that can be unpacked by itself.
     *
     * @param position in the file
     * @param sha256 of its bytes as they are in the file
     */
    record Block(long firstOffset, int events, long position, int bytes, String sha256) {}

    byte[] json() {
        try {
            return EventLine.JSON.writeValueAsBytes(this);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    /** @throws IOException when it is none, or of a form that is not known here */
    static Manifest read(byte[] json) throws IOException {
        var manifest = EventLine.JSON.readValue(json, Manifest.class);
        if (manifest.format != FORMAT) {
            throw new IOException("is an archive of format " + manifest.format + ", which this version does not read");
        }
        return manifest;
    }
}
