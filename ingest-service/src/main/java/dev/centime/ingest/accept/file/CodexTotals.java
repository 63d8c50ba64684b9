package dev.centime.ingest.accept.file;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.centime.ingest.accept.Payload;

/** The counts of a row of Codex, cached and written tokens inside input, reasoning inside output. */
record CodexTotals(long input, long cached, long written, long output, long reasoning) {
    static final CodexTotals NONE = new CodexTotals(0, 0, 0, 0, 0);

    static CodexTotals of(Payload usage) {
        return new CodexTotals(
                usage.count("input_tokens"),
                usage.count("cached_input_tokens", "cache_read_input_tokens"),
                usage.count("cache_write_input_tokens"),
                usage.count("output_tokens"),
                usage.count("reasoning_output_tokens"));
    }

    boolean within(CodexTotals later) {
        return input <= later.input
                && cached <= later.cached
                && written <= later.written
                && output <= later.output
                && reasoning <= later.reasoning;
    }

    CodexTotals minus(CodexTotals before) {
        return new CodexTotals(
                input - before.input,
                cached - before.cached,
                written - before.written,
                output - before.output,
                reasoning - before.reasoning);
    }

    /** As OpenAI's own block, without the total: a total of Codex may or may not hold the reasoning. */
    JsonNode block() {
        var block = JsonNodeFactory.instance.objectNode();
        block.put("input_tokens", input)
                .putObject("input_tokens_details")
                .put("cached_tokens", cached)
                .put("cache_write_tokens", written);
        block.put("output_tokens", output).putObject("output_tokens_details").put("reasoning_tokens", reasoning);
        return block;
    }
}
