package dev.centime.ingest.accept.file;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** A stream that knows how many bytes came through it, and looks at that after each read. */
final class CountedStream extends FilterInputStream {
    private final Check check;
    private long count;

    /** What is looked at. */
    @FunctionalInterface
    interface Check {
        void at(long count) throws IOException;
    }

    CountedStream(InputStream in, Check check) {
        super(in);
        this.check = check;
    }

    long count() {
        return count;
    }

    @Override
    public int read() throws IOException {
        var one = super.read();
        counted(one < 0 ? -1 : 1);
        return one;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        var read = super.read(bytes, offset, length);
        counted(read);
        return read;
    }

    @Override
    public boolean markSupported() {
        return false;
    }

    /** Whoever opened what is below closes it: a reader at its end must not close the archive. */
    @Override
    public void close() {}

    private void counted(int read) throws IOException {
        if (read > 0) {
            count += read;
            check.at(count);
        }
    }
}
