package dev.centime.ingest.accept;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.centime.contracts.Tokens;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The usage attributes of a GenAI span: input includes cached tokens, output includes reasoning. The names of the conventions, old
 * and new, and those that instrumentations use besides them.
 *
 * @see <a href="https://github.com/open-telemetry/semantic-conventions-genai">GenAI semantic conventions</a>
 */
public final class OtelUsage {
    private static final List<String> PREFIXES = List.of("gen_ai.usage.", "llm.token_count.", "llm.usage.");

    private static final String[] INPUT = names("input_tokens", "prompt_tokens", "prompt");
    private static final String[] OUTPUT = names("output_tokens", "completion_tokens", "completion");
    private static final String[] TOTAL = names("total_tokens", "total");
    private static final String[] CACHE_READ = names(
            "cache_read.input_tokens",
            "cache_read_input_tokens",
            "cache_read_tokens",
            "input_tokens.cached",
            "input_cached_tokens",
            "input_cache_read",
            "cached_input_tokens",
            "cached_tokens",
            "prompt_details.cache_read",
            "details.cache_read_tokens",
            "details.cache_read_input_tokens",
            "details.cached_tokens");
    private static final String[] CACHE_WRITE = names(
            "cache_write.input_tokens",
            "cache_creation.input_tokens",
            "cache_creation_input_tokens",
            "cache_write_tokens",
            "cache_write_input_tokens",
            "input_tokens.cache_write",
            "input_cache_creation",
            "prompt_details.cache_write",
            "details.cache_write_tokens",
            "details.cache_creation_input_tokens");
    private static final String[] CACHE_WRITE_1H =
            names("cache_write_1h.input_tokens", "cache_creation.ephemeral_1h_input_tokens", "input_cache_creation_1h");
    private static final String[] REASONING = names(
            "reasoning.output_tokens",
            "reasoning_tokens",
            "output_tokens.reasoning",
            "completion_details.reasoning",
            "details.reasoning_tokens",
            "output_reasoning_tokens");
    private static final String[] INPUT_AUDIO =
            names("audio.input_tokens", "prompt_details.audio", "details.input_audio_tokens");
    private static final String[] CACHED_AUDIO =
            names("audio.cache_read.input_tokens", "details.cache_audio_read_tokens");
    private static final String[] OUTPUT_AUDIO =
            names("audio.output_tokens", "completion_details.audio", "details.output_audio_tokens");
    private static final String[] INPUT_IMAGE = names("image.input_tokens", "prompt_details.image");
    private static final String[] OUTPUT_IMAGE =
            names("image.output_tokens", "completion_details.image", "details.output_image_tokens");
    private static final String[] CACHED_IMAGE = names("image.cache_read.input_tokens");

    private OtelUsage() {}

    /** Whether the span says how many tokens it used. */
    public static boolean isIn(Payload attributes) {
        return attributes.has(INPUT) || attributes.has(OUTPUT) || attributes.has(TOTAL);
    }

    public static UsageBlock read(Payload attributes) {
        var rest = new Remainder();
        var output = attributes.count(OUTPUT);
        var cached = attributes.count(CACHE_READ);
        var write1h = attributes.count(CACHE_WRITE_1H);
        var write = Math.max(attributes.count(CACHE_WRITE), write1h);
        var audio = rest.of(attributes.count(INPUT_AUDIO), attributes.count(CACHED_AUDIO));
        var image = rest.of(attributes.count(INPUT_IMAGE), attributes.count(CACHED_IMAGE));
        var spoken = attributes.count(OUTPUT_AUDIO);
        var drawn = attributes.count(OUTPUT_IMAGE);
        var text = rest.of(output, spoken, drawn);
        var input = attributes.has(INPUT) ? attributes.count(INPUT) : rest.of(attributes.count(TOTAL), output);
        var tokens = new Tokens(
                rest.of(input, cached, write, audio, image),
                cached,
                rest.of(write, write1h),
                write1h,
                text,
                rest.within(attributes.count(REASONING), text),
                audio,
                spoken,
                image,
                drawn);
        return UsageBlock.inside(usageOf(attributes), tokens, rest);
    }

    private static Payload usageOf(Payload attributes) {
        var usage = JsonNodeFactory.instance.objectNode();
        for (Map.Entry<String, com.fasterxml.jackson.databind.JsonNode> one :
                attributes.node().properties()) {
            if (PREFIXES.stream().anyMatch(one.getKey()::startsWith)) {
                usage.set(one.getKey(), one.getValue());
            }
        }
        return attributes.with(usage);
    }

    private static String[] names(String... names) {
        return PREFIXES.stream()
                .flatMap(prefix -> Stream.of(names).map(prefix::concat))
                .toArray(String[]::new);
    }
}
