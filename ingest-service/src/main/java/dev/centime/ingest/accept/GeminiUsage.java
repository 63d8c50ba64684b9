package dev.centime.ingest.accept;

import dev.centime.contracts.Tokens;
import java.util.List;

/**
 * Gemini's and Vertex AI's {@code usageMetadata}: cached tokens are inside the prompt's, what tools put in and what was thought
 * stand beside the counts of prompt and candidates. In snake_case too, as Python has it.
 *
 * @see <a href="https://ai.google.dev/api/generate-content#UsageMetadata">UsageMetadata</a>
 */
public final class GeminiUsage {
    private GeminiUsage() {}

    static boolean fits(Payload usage) {
        return usage.has("promptTokenCount", "prompt_token_count", "candidatesTokenCount", "candidates_token_count");
    }

    public static UsageBlock read(Payload usage) {
        var rest = new Remainder();
        var cached = usage.count("cachedContentTokenCount", "cached_content_token_count");
        var thoughts = usage.count("thoughtsTokenCount", "thoughts_token_count");
        var candidates = usage.count("candidatesTokenCount", "candidates_token_count");
        var in = List.of("promptTokensDetails", "prompt_tokens_details");
        var read = List.of("cacheTokensDetails", "cache_tokens_details");
        var out = List.of("candidatesTokensDetails", "candidates_tokens_details");
        var audio = rest.of(modality(usage, in, "AUDIO"), modality(usage, read, "AUDIO"));
        var image = rest.of(modality(usage, in, "IMAGE"), modality(usage, read, "IMAGE"));
        var spoken = modality(usage, out, "AUDIO");
        var drawn = modality(usage, out, "IMAGE");
        var prompt = usage.count("promptTokenCount", "prompt_token_count");
        var tools = usage.count("toolUsePromptTokenCount", "tool_use_prompt_token_count");
        var tokens = new Tokens(
                rest.of(prompt, cached, audio, image) + tools,
                cached,
                0,
                0,
                rest.of(candidates, spoken, drawn) + thoughts,
                thoughts,
                audio,
                spoken,
                image,
                drawn);
        return UsageBlock.inside(usage, tokens, rest);
    }

    private static long modality(Payload usage, List<String> names, String modality) {
        var total = 0L;
        for (var name : names) {
            for (var part : usage.objects(name)) {
                if (modality.equals(part.label(20, "modality"))) {
                    total += part.count("tokenCount", "token_count");
                }
            }
        }
        return total;
    }
}
