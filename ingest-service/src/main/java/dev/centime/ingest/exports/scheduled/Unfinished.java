package dev.centime.ingest.exports.scheduled;

import java.io.IOException;

/** A file of an export on its way to where it goes, which has its name when it is whole. For one thread, which it may block. */
interface Unfinished extends AutoCloseable {
    void write(byte[] bytes) throws IOException;

    /** Gives it its name. @return what became of it */
    Written finish() throws IOException;

    /** Removes what was written unless it is finished. */
    @Override
    void close() throws IOException;

    /** @param file where it is, below the destination's directory or in its bucket. @param bytes its size */
    record Written(String file, long bytes) {}
}
