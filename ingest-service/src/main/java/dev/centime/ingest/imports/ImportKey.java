package dev.centime.ingest.imports;

/** Where an import lies. */
record ImportKey(int partition, String organization, String id) {}
