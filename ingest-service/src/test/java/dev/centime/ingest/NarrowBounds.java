package dev.centime.ingest;

import io.quarkus.test.junit.QuarkusTestProfile;
import java.util.Map;

/**
 * Bounds that a slow machine reaches by itself, for the tests that are about them. One profile for all, since each is another start of the
 * service.
 */
public final class NarrowBounds implements QuarkusTestProfile {
    /** A view is late that lags by more. */
    public static final double LATE_SECONDS = 3;

    @Override
    public Map<String, String> getConfigOverrides() {
        return Map.of(
                "centime.ingest.pressure.late", (long) LATE_SECONDS + "s",
                "centime.ingest.pressure.still", "5s",
                "centime.ingest.pressure.lasting", "4s",
                "centime.imports.answer-within", "2s");
    }
}
