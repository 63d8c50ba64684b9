package dev.centime.ingest.accept;

import dev.centime.contracts.Tokens;

/**
 * OpenAI's usage block, of chat completions ({@code prompt_tokens}) and of responses ({@code input_tokens}), and of the many who
 * answer as OpenAI does. Cached, audio and image tokens are inside input, reasoning, audio and images inside output.
 *
 * @see <a href="https://platform.openai.com/docs/api-reference/chat/object">The chat completion object</a>
 */
public final class OpenAiUsage {
    private OpenAiUsage() {}

    public static UsageBlock read(Payload usage) {
        var input = usage.count("prompt_tokens", "input_tokens", "promptTokens");
        var output = usage.count("completion_tokens", "output_tokens", "completionTokens");
        var in = usage.object("prompt_tokens_details", "input_tokens_details", "input_token_details");
        var out = usage.object("completion_tokens_details", "output_tokens_details", "output_token_details");
        var reasoning = out.count("reasoning_tokens");
        if (reasoning > 0 && usage.count("total_tokens") == input + output + reasoning) {
            // xAI and others count reasoning beside completion_tokens; the total gives it away.
            output += reasoning;
        }

        var cached = in.has("cached_tokens")
                ? in.count("cached_tokens")
                : usage.count("cache_read_input_tokens", "prompt_cache_hit_tokens");
        var write1h = in.object("cache_creation_token_details").count("ephemeral_1h_input_tokens");
        var write = in.has("cache_write_tokens", "cache_creation_tokens")
                ? in.count("cache_write_tokens", "cache_creation_tokens")
                : usage.count("cache_creation_input_tokens");
        var cachedBy = in.object("cached_tokens_details");
        var rest = new Remainder();
        var audio = rest.of(in.count("audio_tokens"), cachedBy.count("audio_tokens"));
        var image = rest.of(in.count("image_tokens"), cachedBy.count("image_tokens"));
        var spoken = out.count("audio_tokens");
        var drawn = out.count("image_tokens");
        var text = rest.of(output, spoken, drawn);
        var tokens = new Tokens(
                rest.of(input, cached, write, audio, image),
                cached,
                rest.of(write, write1h),
                write1h,
                text,
                rest.within(reasoning, text),
                audio,
                spoken,
                image,
                drawn);
        return UsageBlock.inside(usage, tokens, rest);
    }
}
