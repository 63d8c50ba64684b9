package dev.centime.ingest.imports;

import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

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

    /** How long an upload waits for its file to be read before it is answered as being read ({@code CENTIME_IMPORT_ANSWER_WITHIN}). */
    @WithDefault("5s")
    Duration answerWithin();

    /** Imports that a replica reads or records at once; of one partition it records one. */
    @WithDefault("2")
    int parallel();

    /** Files that a replica receives and reads at once for one organization ({@code CENTIME_IMPORT_PER_ORGANIZATION}). */
    @WithDefault("3")
    int perOrganization();

    /** Records that are appended together. */
    @WithDefault("2000")
    int chunkRecords();
}
