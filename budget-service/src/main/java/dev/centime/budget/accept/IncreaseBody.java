package dev.centime.budget.accept;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.centime.contracts.Money;
import dev.centime.kit.Problem;
import dev.centime.kit.Problem.FieldError;
import java.util.ArrayList;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** What somebody needs instead of a budget's limit. @param totalLimit US dollars a window */
@Schema(name = "IncreaseRequest")
public record IncreaseBody(
        @Schema(required = true, examples = "25.00") Money totalLimit,
        @Schema(required = true, examples = "the launch") String reason) {
    private static final Money MOST = Money.of("1000000000000");

    /**
     * @param standing the limit, which it must be above
     * @throws Problem 422 that names every field at fault
     */
    public static IncreaseBody read(JsonNode body, Money standing) {
        if (!(body instanceof ObjectNode object)) {
            throw Problem.unprocessable("body", "must be an object");
        }
        var errors = new ArrayList<FieldError>();
        var fields = Fields.of(object, errors);
        fields.inDollars();
        var wanted = fields.required("total_limit", fields.money("total_limit"));
        if (wanted.isPresent()
                && (wanted.get().compareTo(standing) <= 0 || wanted.get().compareTo(MOST) > 0)) {
            fields.wrong("total_limit", "must be above the limit of " + standing + " and at most " + MOST);
        }
        var reason = fields.required("reason", fields.text("reason", 1000)).orElse("");
        if (!errors.isEmpty()) {
            throw Problem.unprocessable(errors);
        }
        return new IncreaseBody(wanted.orElse(standing), reason);
    }
}
