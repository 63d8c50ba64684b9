package dev.centime.ingest.event;

import dev.centime.contracts.StoredAs;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A scheduled export was taken, or was given up.
 *
 * @param due which one
 * @param file that was written, null when it was given up
 * @param bytes that it has
 * @param failure why it was given up, null when it was not
 */
@StoredAs(name = "export-ended")
public record ExportEnded(
        String exportId,
        Instant due,
        @Nullable String file,
        long bytes,
        @Nullable String failure) {}
