package dev.centime.ingest.accept;

import dev.centime.contracts.Tokens;

/**
 * Anthropic's usage block: cached tokens stand beside {@code input_tokens}; writes that are kept five minutes and an hour are told
 * apart in {@code cache_creation}, without which all of them are of five minutes. Where the conversation was summed up on the way, the
 * counts are of the answer alone: what summing up took stands in {@code iterations}, and is charged besides.
 *
 * @see <a href="https://platform.claude.com/docs/en/build-with-claude/prompt-caching">Prompt caching</a>
 */
public final class AnthropicUsage {
    private AnthropicUsage() {}

    /** Whether a block with {@code input_tokens} is of this kind rather than of OpenAI's responses. */
    static boolean fits(Payload usage) {
        return usage.has(
                        "cache_creation_input_tokens",
                        "cache_read_input_tokens",
                        "cache_creation",
                        "server_tool_use",
                        "iterations")
                && !usage.has("prompt_tokens", "input_tokens_details", "input_token_details");
    }

    public static UsageBlock read(Payload usage) {
        var rest = new Remainder();
        var tokens = tokens(usage, rest);
        for (var iteration : usage.objects("iterations")) {
            if ("compaction".equals(iteration.label(40, "type"))) {
                tokens = sum(tokens, tokens(iteration, rest));
            }
        }
        return UsageBlock.beside(usage, tokens, rest);
    }

    private static Tokens tokens(Payload usage, Remainder rest) {
        var output = usage.count("output_tokens");
        var written = usage.object("cache_creation");
        var write1h = written.count("ephemeral_1h_input_tokens");
        var write5m = written.count("ephemeral_5m_input_tokens");
        var writes = usage.has("cache_creation_input_tokens")
                ? usage.count("cache_creation_input_tokens")
                : write5m + write1h;
        var reasoning = usage.object("output_tokens_details").count("reasoning_tokens", "thinking_tokens");
        return new Tokens(
                usage.count("input_tokens"),
                usage.count("cache_read_input_tokens"),
                write5m + rest.of(writes, write5m, write1h),
                write1h,
                output,
                rest.within(reasoning, output),
                0,
                0,
                0);
    }

    private static Tokens sum(Tokens one, Tokens other) {
        return new Tokens(
                one.input() + other.input(),
                one.cacheRead() + other.cacheRead(),
                one.cacheWrite() + other.cacheWrite(),
                one.cacheWrite1h() + other.cacheWrite1h(),
                one.output() + other.output(),
                one.reasoning() + other.reasoning(),
                0,
                0,
                0);
    }
}
