package dev.centime.budget.accept;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.centime.contracts.BudgetDefinition.Type;
import dev.centime.contracts.Money;
import dev.centime.kit.Problem;
import dev.centime.kit.Problem.FieldError;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Limits of a person, those that are to change.
 *
 * @param user by name; null for the caller himself
 * @param limits US dollars by period
 * @param emailAlerts null to leave it as it is
 */
public record UserLimitsBody(
        @Nullable String user,
        Map<Type, Money> limits,
        @Nullable Boolean emailAlerts) {
    private static final Money MOST = Money.of("1000000000000");

    /** What a limit is called in a body. */
    public static String field(Type period) {
        return period.text() + "_limit";
    }

    /** @throws Problem 422 that names every field at fault */
    public static UserLimitsBody read(JsonNode body, Iterable<Type> periods) {
        if (!(body instanceof ObjectNode object)) {
            throw Problem.unprocessable("body", "must be an object");
        }
        var errors = new ArrayList<FieldError>();
        var fields = Fields.of(object, errors);
        fields.inDollars();
        var limits = new EnumMap<Type, Money>(Type.class);
        for (var period : periods) {
            fields.money(field(period)).ifPresent(limit -> {
                if (limit.compareTo(Money.ZERO) <= 0 || limit.compareTo(MOST) > 0) {
                    fields.wrong(field(period), "must be above zero and at most " + MOST);
                }
                limits.put(period, limit);
            });
        }
        var read = new UserLimitsBody(
                fields.text("user", 256).orElse(null),
                limits,
                fields.bool("email_alerts").orElse(null));
        if (!errors.isEmpty()) {
            throw Problem.unprocessable(errors);
        }
        return read;
    }
}
