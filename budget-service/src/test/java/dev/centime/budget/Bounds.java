package dev.centime.budget;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.util.Map;

/** Limits that a test can reach. */
public final class Bounds implements QuarkusTestResourceLifecycleManager {
    /** More than any other test holds at a time. */
    static final int MOST_OPEN = 120;

    @Override
    public Map<String, String> start() {
        return Map.of("centime.limits.most-open", String.valueOf(MOST_OPEN));
    }

    @Override
    public void stop() {
        // Nothing was begun.
    }
}
