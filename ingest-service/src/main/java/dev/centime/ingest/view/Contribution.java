package dev.centime.ingest.view;

import dev.centime.contracts.Attribution;
import dev.centime.contracts.Cost;
import dev.centime.contracts.Model;
import dev.centime.contracts.Money;
import dev.centime.contracts.Tokens;
import dev.centime.contracts.UsageRecorded;
import dev.centime.contracts.UsageRecorded.Status;
import dev.centime.contracts.UsageRepriced;
import dev.centime.eventstore.log.Event;
import dev.centime.eventstore.log.StoredEvent;
import java.math.BigDecimal;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What one event adds to the sums: a call everything, a correction the difference of its two costs and nothing else.
 *
 * @param stored where it lies in the log
 * @param at when the call was made, also for a correction
 */
public record Contribution(
        StoredEvent stored,
        String recordId,
        String source,
        boolean correction,
        Instant at,
        Model model,
        Attribution attribution,
        Measures measures) {

    /** @throws IllegalArgumentException for an event that adds to no sum */
    public static Contribution of(Event event) {
        return switch (event.payload()) {
            case UsageRecorded usage -> recorded(event.stored(), usage);
            case UsageRepriced repriced -> repriced(event.stored(), repriced);
            default ->
                throw new IllegalArgumentException(
                        "adds to no sum: " + event.stored().type());
        };
    }

    private static Contribution recorded(StoredEvent stored, UsageRecorded usage) {
        var requests = usage.quantity().requests();
        var latency = usage.outcome().latencyMs();
        var counts = counts(
                requests,
                unpriced(usage.cost(), usage.quantity().requests()),
                unpriced(usage.cost(), usage.tokens().total()),
                usage.outcome().status() == Status.ERROR ? requests : 0,
                latency == null ? 0 : latency,
                latency == null ? 0 : 1,
                usage.tokens());
        return new Contribution(
                stored,
                usage.recordId(),
                usage.provenance().source(),
                false,
                usage.timestamp(),
                usage.model(),
                usage.attribution(),
                new Measures(
                        counts, amounts(usage.cost(), null, usage.quantity().units())));
    }

    private static Contribution repriced(StoredEvent stored, UsageRepriced repriced) {
        var requests = newlyUnpriced(repriced, repriced.quantity().requests());
        var tokens = newlyUnpriced(repriced, repriced.tokens().total());
        return new Contribution(
                stored,
                repriced.recordId(),
                repriced.source(),
                true,
                repriced.timestamp(),
                repriced.model(),
                repriced.attribution(),
                new Measures(
                        counts(0, requests, tokens, 0, 0, 0, Tokens.NONE),
                        amounts(repriced.after(), repriced.before(), null)));
    }

    private static long newlyUnpriced(UsageRepriced repriced, long amount) {
        return unpriced(repriced.after(), amount) - unpriced(repriced.before(), amount);
    }

    private static long unpriced(Cost cost, long amount) {
        return cost.source() == Cost.Source.UNPRICED ? amount : 0;
    }

    /** In the order of {@link Measures#COUNTS}. */
    private static long[] counts(
            long requests, long unpriced, long unpricedTokens, long errors, long latencyMs, long timed, Tokens tokens) {
        return new long[] {
            requests,
            unpriced,
            unpricedTokens,
            errors,
            latencyMs,
            timed,
            tokens.input(),
            tokens.output(),
            tokens.cacheRead(),
            tokens.cacheWrite(),
            tokens.cacheWrite1h(),
            tokens.reasoning(),
            tokens.inputAudio(),
            tokens.outputAudio(),
            tokens.inputImage()
        };
    }

    /** In the order of {@link Measures#AMOUNTS}: a cost, or the difference to one before. */
    private static BigDecimal[] amounts(Cost cost, @Nullable Cost before, @Nullable BigDecimal units) {
        return new BigDecimal[] {
            less(cost.totalOrZero(), before == null ? null : before.totalOrZero()),
            less(cost.input(), before == null ? null : before.input()),
            less(cost.output(), before == null ? null : before.output()),
            less(cost.cacheRead(), before == null ? null : before.cacheRead()),
            less(cost.cacheWrite(), before == null ? null : before.cacheWrite()),
            less(cost.other(), before == null ? null : before.other()),
            less(cost.cacheSavings(), before == null ? null : before.cacheSavings()),
            units == null ? BigDecimal.ZERO : units
        };
    }

    private static BigDecimal less(Money amount, @Nullable Money before) {
        return before == null ? amount.amount() : amount.amount().subtract(before.amount());
    }

    /** A dimension as a key has it, which knows no nulls. */
    public static String keyed(@Nullable String value) {
        return value == null ? "" : value;
    }
}
