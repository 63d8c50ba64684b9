package dev.centime.ingest.accept.file;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/** A file line by line, as bytes. One line is held at a time, and one that is longer than any that means something is cut. */
final class Lines {
    /** A line of a session log holds a whole answer, with pictures in it. */
    static final int MAX_BYTES = 16 << 20;

    private final InputStream in;
    private final byte[] buffer = new byte[1 << 16];
    private int from;
    private int until;
    private byte[] line = new byte[1 << 13];
    private int length;
    private long number;
    private boolean tooLong;

    Lines(InputStream in) {
        this.in = in;
    }

    /** Goes to the next line that is not blank. @return false at the end of the file */
    boolean next() throws IOException {
        while (read()) {
            if (!blank()) {
                return true;
            }
        }
        return false;
    }

    private boolean read() throws IOException {
        length = 0;
        tooLong = false;
        var any = false;
        while (fill()) {
            any = true;
            var end = from;
            while (end < until && buffer[end] != '\n') {
                end++;
            }
            append(from, end);
            from = end + 1;
            if (end < until) {
                break;
            }
        }
        if (any) {
            number++;
        }
        return any;
    }

    private boolean fill() throws IOException {
        if (from >= until) {
            from = 0;
            until = Math.max(0, in.read(buffer, 0, buffer.length));
        }
        return until > 0;
    }

    private void append(int start, int end) {
        var more = end - start;
        if (tooLong || length + more > MAX_BYTES) {
            tooLong = true;
            return;
        }
        if (length + more > line.length) {
            line = Arrays.copyOf(line, Math.max(length + more, 2 * line.length));
        }
        System.arraycopy(buffer, start, line, length, more);
        length += more;
    }

    private boolean blank() {
        var start = number == 1 && length >= 3 && isMark() ? 3 : 0;
        if (start > 0) {
            System.arraycopy(line, start, line, 0, length - start);
            length -= start;
        }
        for (var i = 0; i < length; i++) {
            if (line[i] != ' ' && line[i] != '\t' && line[i] != '\r') {
                return false;
            }
        }
        return !tooLong;
    }

    /** The mark of UTF-8 that some programs put at the beginning. */
    private boolean isMark() {
        return line[0] == (byte) 0xef && line[1] == (byte) 0xbb && line[2] == (byte) 0xbf;
    }

    /** Of which {@link #length()} bytes are the line; the next line is read into the same ones. */
    byte[] bytes() {
        return line;
    }

    int length() {
        return length;
    }

    /** From 1. */
    long number() {
        return number;
    }

    /** Whether the line is not held, for its length. */
    boolean tooLong() {
        return tooLong;
    }

    /** Whether the line has some bytes in it. */
    boolean has(byte[] text) {
        var last = length - text.length;
        for (var i = 0; i <= last; i++) {
            if (line[i] == text[0] && Arrays.equals(line, i, i + text.length, text, 0, text.length)) {
                return true;
            }
        }
        return false;
    }
}
