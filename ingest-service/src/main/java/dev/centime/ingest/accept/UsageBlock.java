package dev.centime.ingest.accept;

import dev.centime.contracts.Price;
import dev.centime.contracts.Tokens;
import dev.centime.contracts.UsageRecorded.Convention;
import dev.centime.ingest.command.recordusage.Origin;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A source's usage block, read: token kinds that never overlap, and how the source counts.
 *
 * @param toolCalls calls of the provider's own tools by name; empty without
 * @param serviceTier null when the block does not say
 * @param region null when the block does not say
 */
public record UsageBlock(
        Tokens tokens,
        Map<String, Long> toolCalls,
        @Nullable String serviceTier,
        @Nullable String region,
        Origin origin) {

    /** Counts that are disjoint as they come: cached input stands beside input. */
    static UsageBlock beside(Payload block, Tokens tokens, Remainder rest) {
        return of(block, Convention.CACHED_BESIDE_INPUT, tokens, rest);
    }

    /** Counts of which cached input was taken out of input. */
    static UsageBlock inside(Payload block, Tokens tokens, Remainder rest) {
        return of(block, Convention.CACHED_INSIDE_INPUT, tokens, rest);
    }

    private static UsageBlock of(Payload block, Convention convention, Tokens tokens, Remainder rest) {
        return new UsageBlock(
                tokens,
                toolCalls(block.object("server_tool_use")),
                tier(block),
                block.label(64, "inference_geo"),
                new Origin(convention, RawUsage.of(block.node()), rest.negative()));
    }

    /** Anthropic's fast mode stands beside its tier and is charged as one. */
    private static @Nullable String tier(Payload block) {
        return Price.FAST.equals(block.label(40, "speed"))
                ? Price.FAST
                : ServiceTiers.read(block.label(40, "service_tier"));
    }

    /** {@code web_search_requests} and its like, by the name of the tool. */
    private static Map<String, Long> toolCalls(Payload block) {
        var calls = new HashMap<String, Long>();
        for (var tool : new String[] {"web_search", "web_fetch", "code_execution"}) {
            var count = block.count(tool + "_requests");
            if (count > 0) {
                calls.put(tool, count);
            }
        }
        return Map.copyOf(calls);
    }
}
