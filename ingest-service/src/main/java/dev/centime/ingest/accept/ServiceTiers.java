package dev.centime.ingest.accept;

import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The service tiers as providers write them. */
public final class ServiceTiers {
    private static final Map<String, String> TIERS = Map.of(
            "standard", "standard",
            "default", "standard",
            "batch", "batch",
            "flex", "flex",
            "priority", "priority");

    private ServiceTiers() {}

    /** The tier by its name in prices; null, which is the standard one, for what is unsaid or of no price of its own. */
    public static @Nullable String read(@Nullable String written) {
        return written == null ? null : TIERS.get(written.toLowerCase(Locale.ROOT));
    }
}
