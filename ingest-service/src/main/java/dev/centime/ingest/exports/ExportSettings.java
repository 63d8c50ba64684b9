package dev.centime.ingest.exports;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
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

    /** Before a scheduled export that failed is tried again; doubled each time. */
    @WithDefault("5s")
    Duration retryPause();
}
