package dev.centime.ingest.imports;

import dev.centime.ingest.accept.file.FileFormat;
import dev.centime.kit.Tenants;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.core.buffer.Buffer;
import io.vertx.mutiny.sqlclient.Row;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Locale;
import java.util.Optional;

/** The table {@code import_chunk}: what is left to do of an import. */
@ApplicationScoped
class ImportChunks {
    /** Added once more, after an answer that was lost, it is there once. */
    private static final String INSERT = """
            INSERT INTO ingest.import_chunk (partition, organization, import_id, number, format, records, content)
            VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT (partition, organization, import_id, number) DO NOTHING
            """;

    private static final String FIRST = """
            SELECT number, format, records, content FROM ingest.import_chunk
            WHERE partition = $1 AND organization = $2 AND import_id = $3 ORDER BY number LIMIT 1
            """;

    private final Tenants tenants;

    ImportChunks(Tenants tenants) {
        this.tenants = tenants;
    }

    /** @param content as {@link Spooled} packs it */
    record Chunk(int number, FileFormat format, int records, byte[] content) {}

    /**
     * @param records how many there are with these
     * @return false when nobody wants the import any more; then nothing is kept
     */
    Uni<Boolean> add(Receipt receipt, Chunk chunk, long records) {
        return tenants.with(receipt.key().organization(), connection -> connection
                .preparedQuery(ImportReceipts.STILL_COMING)
                .execute(ImportReceipts.tuple(receipt).addLong(records))
                .chain(coming -> coming.rowCount() == 0
                        ? Uni.createFrom().item(false)
                        : connection
                                .preparedQuery(INSERT)
                                .execute(ImportRows.tuple(receipt.key())
                                        .addInteger(chunk.number())
                                        .addString(chunk.format().text())
                                        .addInteger(chunk.records())
                                        .addValue(Buffer.buffer(chunk.content()).getDelegate()))
                                .replaceWith(true)));
    }

    /** The next one to do; empty when all is done. */
    Uni<Optional<Chunk>> first(ImportKey key) {
        return tenants.with(key.organization(), connection -> connection
                .preparedQuery(FIRST)
                .execute(ImportRows.tuple(key))
                .map(rows -> {
                    for (Row row : rows) {
                        return Optional.of(new Chunk(
                                row.getInteger("number"),
                                FileFormat.valueOf(row.getString("format").toUpperCase(Locale.ROOT)),
                                row.getInteger("records"),
                                row.getBuffer("content").getBytes()));
                    }
                    return Optional.empty();
                }));
    }
}
