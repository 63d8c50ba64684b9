package dev.centime.recommendation.policy;

import dev.centime.contracts.Money;
import java.math.MathContext;

/**
 * What to look at first, 0 to 100: half for how much of all spend would be saved (a quarter of it or more counts fully), a third for
 * how sure that is, the rest because changing a name is easily done.
 */
final class Priority {
    private static final double FULL_SHARE = 0.25;
    private static final double OF_SAVING = 50;
    private static final double OF_CONFIDENCE = 33;
    private static final double OF_EASE = 17;

    private Priority() {}

    static int of(Candidate candidate, double confidence, Money all) {
        double share = all.amount().signum() <= 0
                ? 0
                : candidate
                        .saving()
                        .amount()
                        .divide(all.amount(), MathContext.DECIMAL32)
                        .doubleValue();
        return (int) Math.round(OF_SAVING * Math.min(1, share / FULL_SHARE) + OF_CONFIDENCE * confidence + OF_EASE);
    }
}
