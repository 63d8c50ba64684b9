package dev.centime.recommendation.usage;

import dev.centime.contracts.Cost;
import dev.centime.contracts.Money;
import dev.centime.contracts.Tokens;

/** What is added to a place. Counts may be taken away again when a correction says so. */
record UsageSum(long requests, long[] tokens, long largestContext, long largestOutput, Money cost, Money fees) {

    /** @param sign 1 to count calls, -1 to take them away, 0 for what only changes their cost */
    static UsageSum of(Tokens t, long requests, int sign, Money cost, Money fees) {
        long each = Math.max(1, requests);
        return new UsageSum(
                sign * requests,
                new long[] {
                    sign * t.input(),
                    sign * t.cacheRead(),
                    sign * t.cacheWrite(),
                    sign * t.cacheWrite1h(),
                    sign * t.output(),
                    sign * t.reasoning(),
                    sign * t.inputAudio(),
                    sign * t.outputAudio(),
                    sign * t.inputImage(),
                    sign * t.outputImage()
                },
                t.context() / each,
                t.output() / each,
                cost,
                fees);
    }

    /** The part of a cost that is not for tokens. A reported cost has no parts, so all of it may be for tokens. */
    static Money feesOf(Cost cost) {
        return cost.source() == Cost.Source.CALCULATED ? cost.other() : Money.ZERO;
    }

    UsageSum plus(UsageSum other) {
        var sum = tokens.clone();
        for (int kind = 0; kind < sum.length; kind++) {
            sum[kind] += other.tokens[kind];
        }
        return new UsageSum(
                requests + other.requests,
                sum,
                Math.max(largestContext, other.largestContext),
                Math.max(largestOutput, other.largestOutput),
                cost.plus(other.cost),
                fees.plus(other.fees));
    }
}
