package dev.centime.ingest.imports;

import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * A row that was not recorded, and why.
 *
 * @param file within an archive, else null
 * @param line where the row begins, from 1; 0 for the file as a whole
 */
@Schema(name = "ImportRejection")
public record Rejection(@Nullable String file, long line, String field, String reason) {}
