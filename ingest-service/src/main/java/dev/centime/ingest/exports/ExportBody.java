package dev.centime.ingest.exports;

import io.smallrye.mutiny.Multi;

/** An answer that is written as it is made. @param bytes asked for no faster than they are taken */
public record ExportBody(Multi<byte[]> bytes) {}
