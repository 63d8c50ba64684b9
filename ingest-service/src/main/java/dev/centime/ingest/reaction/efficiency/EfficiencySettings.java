package dev.centime.ingest.reaction.efficiency;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How often efficiency is looked at; {@code application.properties} maps the environment variable to it. */
@ConfigMapping(prefix = "centime.efficiency")
public interface EfficiencySettings {
    /** The least time between two looks at one organization's month, which reads its calls. */
    @WithDefault("1h")
    Duration checkEvery();
}
