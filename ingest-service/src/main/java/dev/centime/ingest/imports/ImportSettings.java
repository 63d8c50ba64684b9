package dev.centime.ingest.imports;

import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** How much an import may be; {@code application.properties} maps the environment variables to these. */
@ConfigMapping(prefix = "centime.imports")
public interface ImportSettings {
    /** Of a file and of all in it, unpacked ({@code CENTIME_IMPORT_MAX_UNPACKED}). */
    @WithDefault("16G")
    MemorySize maxUnpacked();

    /** Unpacked bytes for each packed one. */
    @WithDefault("200")
    int maxRatio();

    /** Files in an archive. */
    @WithDefault("20000")
    int maxFiles();

    /** Imports that a replica reads or records at once; of one partition it records one. */
    @WithDefault("2")
    int parallel();

    /** Records that are appended together. */
    @WithDefault("2000")
    int chunkRecords();
}
