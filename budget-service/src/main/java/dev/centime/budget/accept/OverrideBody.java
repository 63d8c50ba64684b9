package dev.centime.budget.accept;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.centime.contracts.Money;
import dev.centime.kit.Problem;
import dev.centime.kit.Problem.FieldError;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * What an administrator lets be spent beyond a limit.
 *
 * @param additionalAmount US dollars more in a window; null for whatever it takes
 */
@Schema(name = "BudgetOverride")
public record OverrideBody(
        @Schema(required = true, examples = "the launch") String reason,
        @Schema(required = true) Instant until,
        @Nullable Money additionalAmount) {
    private static final Duration LONGEST = Duration.ofDays(366);
    private static final Money MOST = Money.of("1000000000000");

    /**
     * @param now which its end must lie after
     * @throws Problem 422 that names every field at fault
     */
    public static OverrideBody read(JsonNode body, Instant now) {
        if (!(body instanceof ObjectNode object)) {
            throw Problem.unprocessable("body", "must be an object");
        }
        var errors = new ArrayList<FieldError>();
        var fields = Fields.of(object, errors);
        fields.inDollars();
        var reason = fields.required("reason", fields.text("reason", 1000)).orElse("");
        var until = fields.required("until", fields.instant("until")).orElse(now.plusSeconds(1));
        if (!until.isAfter(now) || until.isAfter(now.plus(LONGEST))) {
            fields.wrong("until", "must lie ahead, by at most " + LONGEST.toDays() + " days");
        }
        var additional = fields.money("additional_amount").orElse(null);
        if (additional != null && (additional.compareTo(Money.ZERO) <= 0 || additional.compareTo(MOST) > 0)) {
            fields.wrong("additional_amount", "must be above zero and at most " + MOST);
        }
        if (!errors.isEmpty()) {
            throw Problem.unprocessable(errors);
        }
        return new OverrideBody(reason, until, additional);
    }
}
