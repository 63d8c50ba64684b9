package dev.centime.ingest.view;

import dev.centime.contracts.Cost;
import dev.centime.contracts.Money;
import dev.centime.contracts.Tokens;
import dev.centime.contracts.UsageRecorded;
import dev.centime.contracts.UsageRecorded.Status;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * A cost beside what else is said about it: what the call was expected to cost, and what its caller says it cost. Either is compared
 * only with a cost that is known, a reported one only with a calculated one; the calls left out are counted.
 *
 * @param requests how many calls it is the cost of
 * @param tokens how many tokens they had, each once
 * @param estimated US dollars expected before the call, null when nobody did
 * @param reported US dollars by the caller's own account, null without one
 */
record CostOfRequests(
        Cost cost,
        long requests,
        long tokens,
        @Nullable Money estimated,
        @Nullable Money reported) {

    /** Of the cost alone, as a correction changes it: no calls, no tokens. */
    Measures measures() {
        return new Measures(counts(0, 0, 0, 0, Tokens.NONE), amounts(BigDecimal.ZERO));
    }

    /** Of the cost, the calls and the tokens it is for, as a correction changes them. */
    Measures with(Tokens kinds) {
        return new Measures(counts(requests, 0, 0, 0, kinds), amounts(BigDecimal.ZERO));
    }

    /** Of the whole call that it is the cost of. */
    Measures with(UsageRecorded usage) {
        var latency = usage.outcome().latencyMs();
        var units = usage.quantity().units();
        var counts = counts(
                requests,
                usage.outcome().status() == Status.ERROR ? requests : 0,
                latency == null ? 0 : latency,
                latency == null ? 0 : 1,
                usage.tokens());
        return new Measures(counts, amounts(units == null ? BigDecimal.ZERO : units));
    }

    /** In the order of {@link Measures#COUNTS}. */
    private long[] counts(long calls, long errors, long latencyMs, long timed, Tokens kinds) {
        return new long[] {
            calls,
            cost.source() == Cost.Source.UNPRICED ? requests : 0,
            cost.source() == Cost.Source.UNPRICED ? tokens : 0,
            errors,
            latencyMs,
            timed,
            kinds.input(),
            kinds.output(),
            kinds.cacheRead(),
            kinds.cacheWrite(),
            kinds.cacheWrite1h(),
            kinds.reasoning(),
            kinds.inputAudio(),
            kinds.outputAudio(),
            kinds.inputImage(),
            kinds.outputImage(),
            estimated != null && known() ? requests : 0,
            estimated != null && !known() ? requests : 0,
            reported != null && calculated() ? requests : 0,
            reported != null && !calculated() ? requests : 0
        };
    }

    /** In the order of {@link Measures#AMOUNTS}. */
    private BigDecimal[] amounts(BigDecimal units) {
        var total = cost.totalOrZero().amount();
        return new BigDecimal[] {
            total,
            cost.input().amount(),
            cost.output().amount(),
            cost.cacheRead().amount(),
            cost.cacheWrite().amount(),
            cost.other().amount(),
            cost.cacheSavings().amount(),
            units,
            estimated != null && known() ? estimated.amount() : BigDecimal.ZERO,
            estimated != null && known() ? total : BigDecimal.ZERO,
            reported != null && calculated() ? reported.amount() : BigDecimal.ZERO,
            reported != null && calculated() ? total : BigDecimal.ZERO
        };
    }

    private boolean known() {
        return cost.total() != null;
    }

    private boolean calculated() {
        return cost.source() == Cost.Source.CALCULATED;
    }
}
