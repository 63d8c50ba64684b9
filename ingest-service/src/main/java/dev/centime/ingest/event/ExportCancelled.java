package dev.centime.ingest.event;

import dev.centime.contracts.StoredAs;

/** An export is to be taken no more. Files that it wrote stay where they are. */
@StoredAs(name = "export-cancelled")
public record ExportCancelled(String exportId) {}
