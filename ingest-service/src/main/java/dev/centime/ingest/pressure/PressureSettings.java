package dev.centime.ingest.pressure;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** When recording is refused since the views cannot keep up. */
@ConfigMapping(prefix = "centime.ingest.pressure")
public interface PressureSettings {
    /** A view is late when its oldest event is older ({@code CENTIME_INGEST_PRESSURE_LATE}). */
    @WithDefault("1s")
    Duration late();

    /** Recording is refused once a view was late for so long; a moment's stutter refuses nobody ({@code CENTIME_INGEST_PRESSURE_LASTING}). */
    @WithDefault("2s")
    Duration lasting();

    /** Recording is taken again when the view is less late than this ({@code CENTIME_INGEST_PRESSURE_EASED}). */
    @WithDefault("500ms")
    Duration eased();

    /**
     * A view that is behind and has not moved for so long stands still: it is not slow but stopped, and refusing does not help it
     * ({@code CENTIME_INGEST_PRESSURE_STILL}). Shorter than {@code late} and {@code lasting} together by some looks, so that a service
     * that dies never makes this one refuse.
     */
    @WithDefault("2s")
    Duration still();

    /** A view that catches up must come nearer within this time, else it counts as late ({@code CENTIME_INGEST_PRESSURE_GAINS}). */
    @WithDefault("10s")
    Duration gains();
}
