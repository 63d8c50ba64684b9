package dev.centime.budget.command.changebudget;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.centime.kit.Problem;

/** A patch laid over what stands: whole fields, so that a scope or a list of thresholds is replaced and not mixed. */
final class Merge {
    private static final String THRESHOLDS = "thresholds";

    private Merge() {}

    /** @throws Problem 422 when the patch is no object */
    static ObjectNode of(ObjectNode standing, JsonNode patch) {
        if (!(patch instanceof ObjectNode fields)) {
            throw Problem.unprocessable("body", "must be an object");
        }
        var merged = standing.deepCopy();
        if (fields.hasNonNull("warning_threshold") || fields.hasNonNull("critical_threshold")) {
            merged.remove(THRESHOLDS);
        }
        if (isNoLongerCustom(standing, fields)) {
            merged.remove("end_date");
        }
        merged.setAll(fields);
        return merged;
    }

    /** The last day belonged to what it was. */
    private static boolean isNoLongerCustom(ObjectNode standing, ObjectNode fields) {
        return fields.hasNonNull("budget_type") && !fields.get("budget_type").equals(standing.get("budget_type"));
    }
}
