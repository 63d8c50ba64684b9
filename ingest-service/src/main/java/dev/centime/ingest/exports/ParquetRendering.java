package dev.centime.ingest.exports;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.api.WriteSupport;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.io.OutputFile;

/**
 * A Parquet file: exact decimals, instants in UTC to the microsecond, maps as JSON. Rows are held back until a group of them is full,
 * which bounds what an export holds in memory.
 */
final class ParquetRendering<T> implements Rendering<T> {
    private static final long GROUP_BYTES = 8L << 20;
    private static final int PAGE_BYTES = 256 << 10;

    /** However well they pack, something goes on every few seconds: nobody on the way shall think the export dead. */
    private static final int GROUP_ROWS = 100_000;

    private final PassedOn out = new PassedOn();
    private final ParquetWriter<T> writer;

    ParquetRendering(String name, List<Column<T>> columns) {
        try {
            writer = new Builder<>(out, new ParquetRows<>(name, columns))
                    .withRowGroupSize(GROUP_BYTES)
                    .withRowGroupRowCountLimit(GROUP_ROWS)
                    .withPageSize(PAGE_BYTES)
                    .withCompressionCodec(CompressionCodecName.SNAPPY)
                    .build();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public byte[] begin() {
        return out.taken();
    }

    @Override
    public byte[] rows(List<T> page) {
        try {
            for (var row : page) {
                writer.write(row);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.taken();
    }

    @Override
    public byte[] end() {
        try {
            writer.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.taken();
    }

    private static final class Builder<T> extends ParquetWriter.Builder<T, Builder<T>> {
        private final ParquetRows<T> rows;

        Builder(OutputFile file, ParquetRows<T> rows) {
            super(file);
            this.rows = rows;
        }

        @Override
        protected Builder<T> self() {
            return this;
        }

        @Override
        protected WriteSupport<T> getWriteSupport(Configuration configuration) {
            return rows;
        }
    }
}
