package dev.centime.ingest.imports;

import dev.centime.contracts.ImportProgressed.State;
import java.time.Instant;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * An import as it stands.
 *
 * @param format null for an archive of several
 * @param createdBy the key it came with
 * @param bytes of the file as it was sent
 * @param records that are to be recorded, so far while the file is read: rows rejected, repeated or ignored when the file was read are in the report already
 * @param recordsDone of these
 * @param failure why it failed, else null
 */
@Schema(name = "Import")
public record Import(
        String id,
        String name,
        @Nullable String format,
        State state,
        boolean dryRun,
        String createdBy,
        Instant createdAt,
        @Nullable Instant startedAt,
        @Nullable Instant endedAt,
        long bytes,
        long records,
        long recordsDone,
        ImportReport report,
        @Nullable String failure) {}
