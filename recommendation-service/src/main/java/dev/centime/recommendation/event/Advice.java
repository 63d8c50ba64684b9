package dev.centime.recommendation.event;

import com.fasterxml.jackson.annotation.JsonValue;
import dev.centime.contracts.Money;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What to do, what it would have saved on the calls it was derived from, and how sure that is.
 *
 * @param currentMonthlyCost of these calls, for 30 days
 * @param projectedMonthlyCost of the same calls, priced again
 * @param estimatedSavings the difference, for 30 days
 * @param savingsPercentage of the current cost
 * @param priorityScore 0 to 100
 * @param confidenceScore 0 to 1
 * @param qualityScoreChange relative: -0.2 is a fifth less; null when one of the two was never measured
 */
public record Advice(
        Type recommendationType,
        String title,
        String description,
        Money currentMonthlyCost,
        Money projectedMonthlyCost,
        Money estimatedSavings,
        double savingsPercentage,
        int priorityScore,
        double confidenceScore,
        Difficulty implementationDifficulty,
        QualityImpact qualityImpact,
        @Nullable Double qualityScoreChange,
        Action recommendedAction,
        Evidence analysisData) {

    /** Kinds of advice. */
    public enum Type {
        MODEL_DOWNGRADE;

        @JsonValue
        public String text() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** How hard it is to do. */
    public enum Difficulty {
        EASY,
        MEDIUM,
        HARD;

        @JsonValue
        public String text() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** How much worse answers may become; unknown where nobody measured. */
    public enum QualityImpact {
        NONE,
        LOW,
        MEDIUM,
        HIGH,
        UNKNOWN;

        @JsonValue
        public String text() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** @param action {@code switch_model} */
    public record Action(String action, String provider, String fromModel, String toModel) {}

    /**
     * The calls that it was derived from.
     *
     * @param filter that finds them again, by dimension
     * @param currentCost what they cost
     * @param repricedCost what they would have cost
     * @param alternatives others that were cheaper, the best first
     * @param assumptions what the figures rest on
     */
    public record Evidence(
            LocalDate periodStart,
            LocalDate periodEnd,
            int days,
            Map<String, List<String>> filter,
            long requests,
            long totalTokens,
            Money currentCost,
            Money repricedCost,
            List<Alternative> alternatives,
            List<String> assumptions) {
        public Evidence {
            //noinspection ConstantValue: absent in JSON when empty
            alternatives = alternatives == null ? List.of() : List.copyOf(alternatives);
        }
    }

    /** @param repricedCost of the same calls */
    public record Alternative(
            String provider,
            String model,
            Money repricedCost,
            double savingsPercentage,
            QualityImpact qualityImpact,
            @Nullable Double qualityScoreChange) {}
}
