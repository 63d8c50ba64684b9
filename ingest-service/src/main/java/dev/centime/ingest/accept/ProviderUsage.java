package dev.centime.ingest.accept;

/** A provider's own usage block whose provider is not said: the names in it tell whose it is. */
public final class ProviderUsage {
    private ProviderUsage() {}

    /** Whether a block is of a shape that a provider has. */
    public static boolean fits(Payload usage) {
        return GeminiUsage.fits(usage)
                || usage.has(
                        "prompt_tokens",
                        "completion_tokens",
                        "input_tokens",
                        "output_tokens",
                        "promptTokens",
                        "completionTokens");
    }

    public static UsageBlock read(Payload usage) {
        if (GeminiUsage.fits(usage)) {
            return GeminiUsage.read(usage);
        }
        return AnthropicUsage.fits(usage) ? AnthropicUsage.read(usage) : OpenAiUsage.read(usage);
    }
}
