package dev.centime.recommendation.policy;

import dev.centime.contracts.Price;
import dev.centime.recommendation.event.Advice.QualityImpact;
import java.math.MathContext;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What another model may do to answers.
 *
 * @param change relative to the model in use; null when one of the two was never measured
 * @param trust 0 to 1: how much the saving counts in view of it
 */
record Quality(QualityImpact impact, @Nullable Double change, double trust) {
    private static final double LOW = -0.10;
    private static final double MEDIUM = -0.25;
    /** Whatever is further below is no advice. */
    private static final double FLOOR = -0.35;

    private static final double TRUST_IN_SUCCESSOR = 0.8;
    private static final double TRUST_IN_SIBLING = 0.7;
    private static final double TRUST_IN_SMALLER_SIBLING = 0.45;

    /** Empty when a model is not to be compared with the one in use, or too far below it. @param current null when it has no price */
    static Optional<Quality> between(String usedModel, @Nullable Price current, Price other) {
        var known = change(current, other);
        if (known != null) {
            return known < FLOOR
                    ? Optional.empty()
                    : Optional.of(new Quality(impact(known), known, Math.min(1, 1 + known)));
        }
        if (current != null && other.modelName().equalsIgnoreCase(current.replacementModel())) {
            return Optional.of(new Quality(QualityImpact.UNKNOWN, null, TRUST_IN_SUCCESSOR));
        }
        var line = ModelLine.of(other.modelName());
        var steps = line == null ? null : ModelLine.used(usedModel).stepsDownTo(line);
        return steps == null || steps.isEmpty()
                ? Optional.empty()
                : Optional.of(new Quality(
                        QualityImpact.UNKNOWN,
                        null,
                        steps.getAsInt() == 1 ? TRUST_IN_SIBLING : TRUST_IN_SMALLER_SIBLING));
    }

    private static @Nullable Double change(@Nullable Price current, Price other) {
        if (current == null || current.qualityScore() == null || other.qualityScore() == null) {
            return null;
        }
        return current.qualityScore().signum() <= 0
                ? null
                : other.qualityScore()
                        .subtract(current.qualityScore())
                        .divide(current.qualityScore(), MathContext.DECIMAL32)
                        .doubleValue();
    }

    private static QualityImpact impact(double change) {
        if (change >= 0) {
            return QualityImpact.NONE;
        }
        return change >= LOW ? QualityImpact.LOW : change >= MEDIUM ? QualityImpact.MEDIUM : QualityImpact.HIGH;
    }
}
