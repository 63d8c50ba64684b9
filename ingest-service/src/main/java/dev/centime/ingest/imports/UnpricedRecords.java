package dev.centime.ingest.imports;

import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** A model whose records have no price. */
@Schema(name = "ImportUnpriced")
public record UnpricedRecords(String model, long records) {}
