package dev.centime.ingest.accept.file;

import java.io.IOException;

/** A file of which nothing may or can be read. The message says what is wrong with it, for a person. */
public final class UnreadableFile extends IOException {
    private static final long serialVersionUID = 1L;

    private final String field;

    /** @param reason continues a sentence whose subject is the file */
    UnreadableFile(String reason) {
        this("file", reason);
    }

    UnreadableFile(String field, String reason) {
        super(reason);
        this.field = field;
    }

    /** Which part of the request is at fault. */
    public String field() {
        return field;
    }

    public String reason() {
        return String.valueOf(getMessage());
    }
}
