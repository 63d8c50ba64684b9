package dev.centime.ingest.exports;

import java.io.ByteArrayOutputStream;
import org.apache.parquet.io.OutputFile;
import org.apache.parquet.io.PositionOutputStream;

/** A file that is no file: what is written to it is taken out and sent on, and only how much it was is remembered. */
final class PassedOn implements OutputFile {
    private final ByteArrayOutputStream waiting = new ByteArrayOutputStream();
    private long position;

    /** What was written since the last time. */
    byte[] taken() {
        var bytes = waiting.toByteArray();
        waiting.reset();
        return bytes;
    }

    @Override
    public PositionOutputStream create(long blockSizeHint) {
        return new PositionOutputStream() {
            @Override
            public long getPos() {
                return position;
            }

            @Override
            public void write(int oneByte) {
                waiting.write(oneByte);
                position++;
            }

            @Override
            public void write(byte[] bytes, int from, int length) {
                waiting.write(bytes, from, length);
                position += length;
            }
        };
    }

    @Override
    public PositionOutputStream createOrOverwrite(long blockSizeHint) {
        return create(blockSizeHint);
    }

    @Override
    public boolean supportsBlockSize() {
        return false;
    }

    @Override
    public long defaultBlockSize() {
        return 0;
    }
}
