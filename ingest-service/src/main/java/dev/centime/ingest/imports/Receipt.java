package dev.centime.ingest.imports;

/**
 * The right to write an import whose file is being received.
 *
 * @param epoch another one when the import is begun anew, so that whoever slept through that writes nothing any more
 */
record Receipt(ImportKey key, long epoch) {}
