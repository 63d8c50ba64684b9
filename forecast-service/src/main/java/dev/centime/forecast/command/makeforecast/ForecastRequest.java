package dev.centime.forecast.command.makeforecast;

import com.fasterxml.jackson.annotation.JsonFormat;
import dev.centime.contracts.Money;
import dev.centime.kit.Filters;
import dev.centime.kit.Problem;
import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Size;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * What to forecast. Everything may be left out.
 *
 * @param horizonDays 30
 * @param includeConfidence whether to answer bounds; true
 * @param level the share of days that shall lie between the bounds; 0.95
 * @param scope which calls; one or several values by dimension, empty for the organization's
 * @param budgetId a budget whose scope to forecast and whose limit to compare with
 * @param budget a limit for the calendar month, in US dollars
 */
@Schema(name = "ForecastRequest")
public record ForecastRequest(
        @Min(value = 1, message = "must be at least 1") @Max(value = 365, message = "must be at most 365") @Nullable
        Integer horizonDays,

        @Nullable Boolean includeConfidence,

        @DecimalMin(value = "0.5", message = "must be at least 0.5")
        @DecimalMax(value = "0.99", message = "must be at most 0.99")
        @Nullable
        BigDecimal level,

        @JsonFormat(with = JsonFormat.Feature.ACCEPT_SINGLE_VALUE_AS_ARRAY) @Nullable
        Map<String, @Nullable List<@Nullable String>> scope,

        @Size(min = 1, max = 256, message = "must have 1 to 256 characters") @Nullable
        String budgetId,

        @Nullable Money budget) {

    private static final int DEFAULT_HORIZON_DAYS = 30;
    private static final double DEFAULT_LEVEL = 0.95;
    private static final int MAX_VALUES = 100;
    private static final int MAX_LENGTH = 1024;
    static final ForecastRequest DEFAULT = new ForecastRequest(null, null, null, null, null, null);

    int days() {
        return horizonDays == null ? DEFAULT_HORIZON_DAYS : horizonDays;
    }

    boolean withBounds() {
        return includeConfidence == null || includeConfidence;
    }

    double share() {
        return level == null ? DEFAULT_LEVEL : level.doubleValue();
    }

    Map<String, List<String>> filters() {
        var filters = new TreeMap<String, List<String>>();
        if (scope != null) {
            scope.forEach((dimension, values) -> filters.put(dimension, present(values)));
        }
        return filters;
    }

    /** What one field alone cannot tell. @throws Problem 422 */
    void check() {
        var errors = new ArrayList<Problem.FieldError>();
        if (budget != null && budget.compareTo(Money.ZERO) <= 0) {
            errors.add(new Problem.FieldError("budget", "must be above zero"));
        }
        if (budgetId != null && budget != null) {
            errors.add(new Problem.FieldError("budget", "cannot be given beside budget_id"));
        }
        if (budgetId != null && scope != null && !scope.isEmpty()) {
            errors.add(new Problem.FieldError("scope", "cannot be given beside budget_id, whose scope is taken"));
        }
        if (scope != null) {
            scope.forEach((dimension, values) -> check(dimension, values, errors));
        }
        if (!errors.isEmpty()) {
            throw Problem.unprocessable(errors);
        }
    }

    private static void check(
            String dimension, @Nullable List<@Nullable String> values, List<Problem.FieldError> errors) {
        var field = "scope." + dimension;
        if (!Filters.DIMENSIONS.contains(dimension) && !(dimension.startsWith("tag.") && dimension.length() > 4)) {
            errors.add(new Problem.FieldError(
                    field, "must be one of " + String.join(", ", Filters.DIMENSIONS) + " or tag.KEY"));
        } else if (values == null || values.isEmpty() || values.size() > MAX_VALUES) {
            errors.add(new Problem.FieldError(field, "must have 1 to " + MAX_VALUES + " values"));
        } else if (values.stream().anyMatch(ForecastRequest::unusable)) {
            errors.add(new Problem.FieldError(
                    field, "must have values of 1 to " + MAX_LENGTH + " characters, without control characters"));
        }
    }

    /** The values as they are after {@link #check()}. */
    private static List<String> present(@Nullable List<@Nullable String> values) {
        return values == null
                ? List.of()
                : values.stream().filter(Objects::nonNull).distinct().toList();
    }

    private static boolean unusable(@Nullable String value) {
        return value == null
                || value.isBlank()
                || value.length() > MAX_LENGTH
                || value.codePoints()
                        .anyMatch(c -> Character.isISOControl(c) || Character.getType(c) == Character.SURROGATE);
    }
}
