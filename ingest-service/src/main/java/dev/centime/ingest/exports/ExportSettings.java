package dev.centime.ingest.exports;

import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** How much may be exported at once; {@code application.properties} maps the environment variables to these. */
@ConfigMapping(prefix = "centime.exports")
public interface ExportSettings {
    /** Exports that a replica answers at once; one more is told to come again. */
    @WithDefault("4")
    int parallel();

    /** Of these, how many may be of one organization. */
    @WithDefault("2")
    int parallelOfOne();

    /** Where scheduled exports may be written, a folder for each organization; without one there are none to a directory. */
    Optional<String> directory();

    /** Networks of stores that may be written to although they are internal, as {@code 10.1.2.0/24}. */
    Optional<List<String>> allowedNetworks();

    /** Scheduled exports that a replica takes at once, of each organization one. */
    @WithDefault("2")
    int scheduledParallel();

    /** Before a scheduled export that failed is tried again; each later pause is four times as long. */
    @WithDefault("5s")
    Duration retryPause();

    @WithDefault("1h")
    Duration longestRetryPause();

    /** Of each part of an upload but the last; what one upload holds in memory. Stores take 5 MiB to 5 GiB, and 10,000 parts. */
    @WithDefault("8M")
    MemorySize partSize();

    /** How long a store may take for one request. */
    @WithDefault("2m")
    Duration storePatience();

    /** Before a request that failed by chance is sent to a store again; doubled each time. */
    @WithDefault("500ms")
    Duration storePause();
}
