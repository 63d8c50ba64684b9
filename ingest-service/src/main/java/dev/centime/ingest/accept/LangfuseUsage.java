package dev.centime.ingest.accept;

import dev.centime.contracts.Tokens;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Langfuse's {@code usageDetails}: buckets that add up. What stands in a bucket of its own is not in {@code input} or {@code
 * output}, reasoning included; a bucket that nobody here knows is input or output by how its name begins. A block in the shape of
 * OpenAI, Anthropic or Gemini is read as theirs.
 *
 * @see <a href="https://langfuse.com/docs/observability/features/token-and-cost-tracking">Token and cost tracking</a>
 */
public final class LangfuseUsage {
    private enum Bucket {
        INPUT,
        CACHE_READ,
        CACHE_WRITE,
        CACHE_WRITE_1H,
        OUTPUT,
        REASONING,
        INPUT_AUDIO,
        OUTPUT_AUDIO,
        INPUT_IMAGE,
        OUTPUT_IMAGE
    }

    private static final Map<String, Bucket> BUCKETS = Map.ofEntries(
            Map.entry("input_cached_tokens", Bucket.CACHE_READ),
            Map.entry("input_cache_read", Bucket.CACHE_READ),
            Map.entry("cache_read_input_tokens", Bucket.CACHE_READ),
            Map.entry("cache_read_tokens", Bucket.CACHE_READ),
            Map.entry("input_cache_creation", Bucket.CACHE_WRITE),
            Map.entry("cache_creation_input_tokens", Bucket.CACHE_WRITE),
            Map.entry("cache_write_tokens", Bucket.CACHE_WRITE),
            Map.entry("input_cache_creation_5m", Bucket.CACHE_WRITE),
            Map.entry("input_cache_creation_1h", Bucket.CACHE_WRITE_1H),
            Map.entry("output_reasoning_tokens", Bucket.REASONING),
            Map.entry("output_reasoning", Bucket.REASONING),
            Map.entry("input_audio_tokens", Bucket.INPUT_AUDIO),
            Map.entry("input_audio", Bucket.INPUT_AUDIO),
            Map.entry("output_audio_tokens", Bucket.OUTPUT_AUDIO),
            Map.entry("output_audio", Bucket.OUTPUT_AUDIO),
            Map.entry("input_image_tokens", Bucket.INPUT_IMAGE),
            Map.entry("input_image", Bucket.INPUT_IMAGE),
            Map.entry("output_image_tokens", Bucket.OUTPUT_IMAGE),
            Map.entry("output_image", Bucket.OUTPUT_IMAGE));

    private LangfuseUsage() {}

    public static UsageBlock read(Payload details) {
        if (ProviderUsage.fits(details)) {
            return ProviderUsage.read(details);
        }
        var sums = new EnumMap<Bucket, Long>(Bucket.class);
        details.node().propertyStream().map(Map.Entry::getKey).forEach(name -> {
            var bucket = bucket(name);
            if (bucket != null) {
                sums.merge(bucket, details.count(name), Long::sum);
            }
        });
        if (sums.isEmpty() && details.has("total")) {
            // Only a total: nobody can tell what of it was output, and input is what most of it is.
            sums.put(Bucket.INPUT, details.count("total"));
        }
        var reasoning = sums.getOrDefault(Bucket.REASONING, 0L);
        var tokens = new Tokens(
                sums.getOrDefault(Bucket.INPUT, 0L),
                sums.getOrDefault(Bucket.CACHE_READ, 0L),
                sums.getOrDefault(Bucket.CACHE_WRITE, 0L),
                sums.getOrDefault(Bucket.CACHE_WRITE_1H, 0L),
                sums.getOrDefault(Bucket.OUTPUT, 0L) + reasoning,
                reasoning,
                sums.getOrDefault(Bucket.INPUT_AUDIO, 0L),
                sums.getOrDefault(Bucket.OUTPUT_AUDIO, 0L),
                sums.getOrDefault(Bucket.INPUT_IMAGE, 0L),
                sums.getOrDefault(Bucket.OUTPUT_IMAGE, 0L));
        return UsageBlock.beside(details, tokens, new Remainder());
    }

    private static @Nullable Bucket bucket(String name) {
        var known = BUCKETS.get(name);
        if (known != null) {
            return known;
        }
        if (name.startsWith("input")) {
            return Bucket.INPUT;
        }
        return name.startsWith("output") ? Bucket.OUTPUT : null;
    }
}
