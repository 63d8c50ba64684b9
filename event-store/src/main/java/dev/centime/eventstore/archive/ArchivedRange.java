package dev.centime.eventstore.archive;

import java.nio.file.Path;
import java.util.Locale;

/**
 * A range of a partition in a file.
 *
 * @param firstOffset its first event
 * @param lastOffset its last, included
 * @param name of its files, without their endings
 * @param hash SHA-256 of the manifest
 */
record ArchivedRange(int partition, long firstOffset, long lastOffset, String name, String hash) {
    static String name(int partition, long firstOffset) {
        return String.format(Locale.ROOT, "log-%04d-%018d", partition, firstOffset);
    }

    /** Lines of JSON, packed by gzip in parts: {@code zcat} shows all of them. */
    static Path events(Path directory, String name) {
        return directory.resolve(name + ".ndjson.gz");
    }

    static Path manifest(Path directory, String name) {
        return directory.resolve(name + ".manifest.json");
    }
}
