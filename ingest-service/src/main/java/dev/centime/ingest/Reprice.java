package dev.centime.ingest;

import com.fasterxml.jackson.databind.JsonNode;
import dev.centime.kit.Filters;
import dev.centime.kit.Problem;
import dev.centime.kit.Problem.FieldError;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** What {@code POST /pricing/reprice} asks for, and what an offer to do so proposes. */
@Schema(name = "Reprice")
public record Reprice(
        @Schema(required = true, description = "First day, in the organization's zone") @Nullable
        LocalDate startDate,

        @Schema(description = "Last day; without it up to now") @Nullable
        LocalDate endDate,

        @Schema(
                description =
                        "Values by dimension, a text or a list of them: provider, model, project, experiment, session,"
                                + " user, operation, run, tag.KEY. None: all calls")
        @Nullable
        Map<String, JsonNode> filter,

        @Schema(required = true, description = "Why; every correction carries it") @Nullable
        String reason,

        @Schema(description = "true, the default: says what would change and changes nothing") @Nullable
        Boolean dryRun,

        @Schema(
                description =
                        "The calls of every organization, not of one; then only provider and model may be filtered by")
        @Nullable
        Boolean allOrganizations) {

    private static final LocalDate FIRST = LocalDate.of(2000, 1, 1);
    private static final LocalDate LAST = LocalDate.of(2999, 12, 31);
    private static final int MAX_REASON = 500;
    private static final int MAX_VALUES = 100;
    private static final int MAX_LENGTH = 256;
    private static final List<String> OF_EVERY_ORGANIZATION = List.of("provider", "model");

    /** Whether nothing shall be changed. */
    public boolean dry() {
        return dryRun == null || dryRun;
    }

    /** Whether the calls of every organization are meant. */
    public boolean everywhere() {
        return allOrganizations != null && allOrganizations;
    }

    /** @throws Problem 422 naming every field that is wrong */
    public Reprice checked() {
        var errors = new ArrayList<FieldError>();
        if (startDate == null) {
            errors.add(new FieldError("start_date", "is required"));
        }
        if (outside(startDate)) {
            errors.add(new FieldError("start_date", "must be from " + FIRST + " to " + LAST));
        }
        if (outside(endDate)) {
            errors.add(new FieldError("end_date", "must be from " + FIRST + " to " + LAST));
        } else if (startDate != null && endDate != null && endDate.isBefore(startDate)) {
            errors.add(new FieldError("end_date", "must not be before start_date"));
        }
        if (reason == null || reason.isBlank() || reason.length() > MAX_REASON || unreadable(reason)) {
            errors.add(new FieldError("reason", "is required, as valid text of at most " + MAX_REASON + " characters"));
        }
        filters().forEach((name, values) -> check(errors, name, values));
        if (!errors.isEmpty()) {
            throw Problem.unprocessable(errors);
        }
        return this;
    }

    private void check(List<FieldError> errors, String name, List<String> values) {
        var field = "filter." + name;
        if (!Filters.DIMENSIONS.contains(name) && !(name.startsWith("tag.") && name.length() > "tag.".length())
                || unreadable(name)
                || name.length() > MAX_LENGTH) {
            errors.add(new FieldError(field, "is no dimension"));
        } else if (everywhere() && !OF_EVERY_ORGANIZATION.contains(name)) {
            errors.add(new FieldError(field, "cannot be given for all organizations"));
        }
        if (values.isEmpty() || values.size() > MAX_VALUES) {
            errors.add(new FieldError(field, "must have 1 to " + MAX_VALUES + " values"));
        }
        if (values.stream().anyMatch(value -> value.isEmpty() || value.length() > MAX_LENGTH || unreadable(value))) {
            errors.add(new FieldError(
                    field, "must have values that are valid text of 1 to " + MAX_LENGTH + " characters"));
        }
    }

    /** By dimension; empty for all calls. What is no text is an empty value, which is refused. */
    public Map<String, List<String>> filters() {
        if (filter == null) {
            return Map.of();
        }
        var filters = new LinkedHashMap<String, List<String>>();
        filter.forEach((name, values) -> filters.put(name, texts(values)));
        return filters;
    }

    private static List<String> texts(@Nullable JsonNode values) {
        if (values == null || !values.isArray()) {
            return List.of(values == null ? "" : values.asText());
        }
        var texts = new ArrayList<String>();
        values.forEach(value -> texts.add(value.asText()));
        return texts;
    }

    private static boolean outside(@Nullable LocalDate date) {
        return date != null && (date.isBefore(FIRST) || date.isAfter(LAST));
    }

    private static boolean unreadable(String text) {
        return text.codePoints()
                .anyMatch(
                        c -> Character.isISOControl(c) || c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE);
    }
}
