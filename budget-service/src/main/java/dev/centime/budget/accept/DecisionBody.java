package dev.centime.budget.accept;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.centime.kit.Problem;
import dev.centime.kit.Problem.FieldError;
import java.util.ArrayList;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** Why an administrator decided as he did. */
@Schema(name = "IncreaseDecision")
public record DecisionBody(
        @Schema(required = true, examples = "the launch is paid for")
        String reason) {

    /** @throws Problem 422 that names every field at fault */
    public static DecisionBody read(JsonNode body) {
        if (!(body instanceof ObjectNode object)) {
            throw Problem.unprocessable("body", "must be an object");
        }
        var errors = new ArrayList<FieldError>();
        var fields = Fields.of(object, errors);
        var reason = fields.required("reason", fields.text("reason", 1000)).orElse("");
        if (!errors.isEmpty()) {
            throw Problem.unprocessable(errors);
        }
        return new DecisionBody(reason);
    }
}
