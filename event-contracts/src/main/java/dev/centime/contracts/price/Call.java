package dev.centime.contracts.price;

import dev.centime.contracts.Tokens;
import dev.centime.contracts.UsageRecorded;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a price is applied to.
 *
 * @param serviceTier null is standard
 * @param region where the provider prices by region, null when unsaid
 * @param toolCalls calls by tool name
 * @param requests how many calls this stands for
 * @param cacheHit answered by a response cache, so it cost nothing
 */
public record Call(
        Tokens tokens,
        @Nullable String serviceTier,
        @Nullable String region,
        Map<String, Long> toolCalls,
        long requests,
        boolean cacheHit) {

    public static Call of(UsageRecorded usage) {
        return new Call(
                usage.tokens(),
                usage.model().serviceTier(),
                usage.model().region(),
                usage.outcome().toolCalls(),
                usage.quantity().requests(),
                usage.outcome().cacheHit());
    }

    /**
     * What a context step looks at. A bucket of many calls has no context of its own; the average call stands for them, since
     * the sum would push every busy hour over the step.
     */
    long context() {
        return requests > 1 ? tokens.context() / requests : tokens.context();
    }
}
