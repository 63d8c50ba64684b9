package dev.centime.ingest;

import com.fasterxml.jackson.databind.JsonNode;
import dev.centime.contracts.Organization;
import dev.centime.kit.Filters;
import dev.centime.kit.Period;
import dev.centime.kit.Problem;
import dev.centime.kit.Problem.FieldError;
import java.time.Instant;
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
        @Schema(description = "First day, in the organization's zone") @Nullable
        LocalDate startDate,

        @Schema(description = "Last day; without it up to now") @Nullable
        LocalDate endDate,

        @Schema(description = "Instead of dates: the last days with today; 30 where nothing names a period") @Nullable
        Integer days,

        @Schema(description = "Instead of dates: today, yesterday, week, month, quarter, year, last_week, …") @Nullable
        String period,

        @Schema(
                description =
                        "Values by dimension, a text or a list of them: provider, model, project, experiment, session,"
                                + " user, operation, run, tag.KEY. None: all calls")
        @Nullable
        Map<String, JsonNode> filter,

        @Schema(description = "Why; every correction carries it, so that only a dry run can do without") @Nullable
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

    /**
     * Which days are meant.
     *
     * @param last null for no end
     */
    public record Days(LocalDate first, @Nullable LocalDate last) {}

    /** Of a checked request: the days that it names, else the last 30 with today as in every read. @param whose calendar */
    public Days meant(Organization whose, Instant now) {
        if (startDate != null) {
            return new Days(startDate, endDate);
        }
        var today = now.atZone(whose.timeZone()).toLocalDate();
        var named = period == null
                ? Period.lastDays(
                        days == null ? Period.DEFAULT_DAYS : days, endDate == null ? today : endDate, whose.timeZone())
                : Period.named(period, today, whose);
        return new Days(named.start(), named.end());
    }

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
        checkPeriod(errors);
        if (reason == null ? !dry() : reason.isBlank() || reason.length() > MAX_REASON || unreadable(reason)) {
            errors.add(new FieldError("reason", "is required, as valid text of at most " + MAX_REASON + " characters"));
        }
        filters().forEach((name, values) -> check(errors, name, values));
        if (!errors.isEmpty()) {
            throw Problem.unprocessable(errors);
        }
        return this;
    }

    private void checkPeriod(List<FieldError> errors) {
        if (days != null && (period != null || startDate != null || endDate != null)) {
            errors.add(new FieldError("days", "cannot be given beside another way to name the period"));
        }
        if (period != null && (startDate != null || endDate != null)) {
            errors.add(new FieldError("period", "cannot be given beside another way to name the period"));
        }
        if (days != null && (days < 1 || days > Period.MAX_DAYS)) {
            errors.add(new FieldError("days", "must be a whole number from 1 to " + Period.MAX_DAYS));
        }
        if (period != null && !Period.NAMES.contains(period)) {
            errors.add(new FieldError("period", "must be one of " + String.join(", ", Period.NAMES)));
        }
        if (outside(startDate)) {
            errors.add(new FieldError("start_date", "must be from " + FIRST + " to " + LAST));
        }
        if (outside(endDate)) {
            errors.add(new FieldError("end_date", "must be from " + FIRST + " to " + LAST));
        } else if (startDate != null && endDate != null && endDate.isBefore(startDate)) {
            errors.add(new FieldError("end_date", "must not be before start_date"));
        }
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
