package dev.centime.ingest.accept.file;

import java.io.InputStream;
import java.time.Instant;
import java.util.Map;

/**
 * A file to be read.
 *
 * @param name as its sender calls it, with folders where it lay in an archive; for people and for guesses, never a path of ours
 * @param content unpacked; read once, from the beginning
 * @param columns fields by the column that holds them, where the names of a table's columns do not say
 * @param now the moment of receipt
 */
public record FileContent(String name, InputStream content, Map<String, String> columns, Instant now) {
    /** The name without folders. */
    String simpleName() {
        return name.substring(name.lastIndexOf('/') + 1);
    }

    /** The name of the folder that it lies in, empty without one. */
    String folder() {
        var end = name.lastIndexOf('/');
        return end <= 0 ? "" : name.substring(name.lastIndexOf('/', end - 1) + 1, end);
    }
}
