package dev.centime.recommendation.view.alternatives;

import dev.centime.contracts.Money;
import dev.centime.recommendation.event.Advice.Alternative;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Cheaper models for what a model is used for.
 *
 * @param useCase the operation, null for all of them together
 * @param currentCost of the calls in the period
 * @param alternatives the best first: the saving, as far as the quality is to be trusted
 */
public record ModelAlternatives(
        String currentModel,
        @Nullable String useCase,
        LocalDate periodStart,
        LocalDate periodEnd,
        long requests,
        Money currentCost,
        List<Alternative> alternatives) {}
