package dev.centime.recommendation.usage;

import dev.centime.contracts.Attribution;
import dev.centime.contracts.Model;
import dev.centime.contracts.Tokens;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;

/** Where calls are counted that are priced alike. An empty text stands for none, since a key has no nulls. */
record UsageKey(
        String organization,
        LocalDate day,
        String provider,
        String model,
        String operation,
        String serviceTier,
        String region,
        long contextAbove) {
    /** The sizes of context at which prices step. Every step of the bundled catalogue is one of these. */
    private static final long[] STEPS = {512_000, 272_000, 256_000, 200_000, 128_000, 32_000};

    static UsageKey of(
            String organization, Instant at, Model model, Attribution attribution, Tokens tokens, long requests) {
        return new UsageKey(
                organization,
                at.atZone(ZoneOffset.UTC).toLocalDate(),
                textOf(model.provider()),
                model.name(),
                textOf(attribution.operation()),
                textOf(model.serviceTier()),
                textOf(model.region()),
                contextAbove(tokens.context() / Math.max(1, requests)));
    }

    /** The largest step that a context is over, 0 for none. */
    static long contextAbove(long context) {
        for (long step : STEPS) {
            if (context > step) {
                return step;
            }
        }
        return 0;
    }

    private static String textOf(@Nullable String text) {
        return text == null ? "" : text;
    }
}
