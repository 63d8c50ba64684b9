package dev.centime.budget.accept;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.centime.contracts.BudgetDefinition;
import dev.centime.contracts.BudgetDefinition.Calendar;
import dev.centime.contracts.BudgetDefinition.Rollover;
import dev.centime.contracts.BudgetDefinition.Type;
import dev.centime.contracts.BudgetDefinition.WhenStale;
import dev.centime.contracts.BudgetDefinition.Window;
import dev.centime.contracts.Money;
import dev.centime.kit.Problem;
import dev.centime.kit.Problem.FieldError;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;

/** The body of a budget, with the defaults of the REST contract. Persons and addresses are still names here. */
public final class BudgetBody {
    private static final Money MOST = Money.of("1000000000000");

    /** What is left goes through every period from the first on, whenever a call counts. */
    private static final int MOST_CARRIED_THROUGH = 1000;

    private static final int SHORTEST_MONTH_DAYS = 28;
    private static final LocalDate EARLIEST = LocalDate.of(2000, 1, 1);
    private static final LocalDate LATEST = LocalDate.of(2199, 12, 31);

    private BudgetBody() {}

    /**
     * @param today the default of the start date, by the calendar
     * @throws Problem 422 that names every field at fault
     */
    public static BudgetDefinition read(JsonNode body, Calendar calendar, LocalDate today) {
        return read(body, calendar, today, today);
    }

    /**
     * Of a budget that stands already.
     *
     * @param startDate where the body names none
     * @param createdOn the day of its first revision, by the calendar
     * @throws Problem 422 that names every field at fault
     */
    public static BudgetDefinition read(JsonNode body, Calendar calendar, LocalDate startDate, LocalDate createdOn) {
        if (!(body instanceof ObjectNode object)) {
            throw Problem.unprocessable("body", "must be an object");
        }
        var errors = new ArrayList<FieldError>();
        var fields = Fields.of(object, errors);
        fields.inDollars();
        var definition = read(fields, calendar, startDate);
        checkCarriedThrough(fields, definition, createdOn);
        if (!errors.isEmpty()) {
            throw Problem.unprocessable(errors);
        }
        return definition;
    }

    /** Where a field is at fault the value is a stand-in; the definition is then never used. */
    private static BudgetDefinition read(Fields fields, Calendar calendar, LocalDate startDate) {
        var type = fields.required("budget_type", fields.oneOf("budget_type", Type.class))
                .orElse(Type.MONTHLY);
        var window = fields.oneOf("window", Window.class).orElse(Window.CALENDAR);
        var rollover = fields.oneOf("rollover", Rollover.class).orElse(Rollover.NONE);
        var definition = new BudgetDefinition(
                fields.required("name", fields.text("name", 200)).orElse(""),
                fields.text("description", 2000).orElse(null),
                fields.required("total_limit", fields.money("total_limit")).orElse(MOST),
                type,
                fields.date("start_date").orElse(startDate),
                fields.date("end_date").orElse(null),
                calendar,
                ScopeBody.read(fields),
                ThresholdsBody.read(fields),
                window,
                rollover,
                fields.money("rollover_cap").orElse(null),
                fields.bool("renews").orElse(true),
                fields.bool("alert_enabled").orElse(true),
                ContactsBody.read(fields),
                fields.integer("cooldown_minutes", 0, 7 * 24 * 60).orElse(60),
                fields.bool("is_active").orElse(true),
                fields.oneOf("when_stale", WhenStale.class)
                        .filter(WhenStale.ADMIT::equals)
                        .orElse(null));
        checkLimit(fields, definition);
        checkDates(fields, definition);
        checkWindow(fields, definition);
        return definition;
    }

    private static void checkLimit(Fields fields, BudgetDefinition definition) {
        if (definition.totalLimit().compareTo(Money.ZERO) <= 0) {
            fields.wrong("total_limit", "must be above zero");
        }
        if (definition.totalLimit().compareTo(MOST) > 0) {
            fields.wrong("total_limit", "must be at most " + MOST);
        }
        checkRollover(fields, definition);
    }

    private static void checkRollover(Fields fields, BudgetDefinition definition) {
        var cap = definition.rolloverCap();
        if (definition.rollover() == Rollover.NONE) {
            if (cap != null) {
                fields.wrong("rollover_cap", "belongs to a budget whose rollover is remaining");
            }
            return;
        }
        if (definition.budgetType() == Type.SESSION || definition.window() == Window.ROLLING || !definition.renews()) {
            fields.wrong(
                    "rollover", "must be none for a budget without a next window: session, rolling, or not renewed");
        }
        if (cap != null && (cap.compareTo(Money.ZERO) <= 0 || cap.compareTo(MOST) > 0)) {
            fields.wrong("rollover_cap", "must be above zero and at most " + MOST);
        }
    }

    private static void checkCarriedThrough(Fields fields, BudgetDefinition definition, LocalDate createdOn) {
        var days = ChronoUnit.DAYS.between(definition.startDate(), createdOn);
        if (definition.rollover() == Rollover.REMAINING && days / shortestDays(definition) > MOST_CARRIED_THROUGH) {
            fields.wrong(
                    "start_date", "must not lie more than " + MOST_CARRIED_THROUGH + " periods back, for rollover");
        }
    }

    private static long shortestDays(BudgetDefinition definition) {
        var end = definition.endDate();
        return switch (definition.budgetType()) {
            case DAILY, SESSION -> 1;
            case WEEKLY -> DayOfWeek.values().length;
            case MONTHLY, QUARTERLY, ANNUAL -> SHORTEST_MONTH_DAYS;
            case CUSTOM -> end == null ? 1 : Math.max(0, ChronoUnit.DAYS.between(definition.startDate(), end)) + 1;
        };
    }

    private static void checkDates(Fields fields, BudgetDefinition definition) {
        inRange(fields, "start_date", definition.startDate());
        var end = definition.endDate();
        if (definition.budgetType() != Type.CUSTOM) {
            if (end != null) {
                fields.wrong("end_date", "belongs to a custom budget");
            }
        } else if (end != null) {
            inRange(fields, "end_date", end);
            if (end.isBefore(definition.startDate())) {
                fields.wrong("end_date", "must not be before start_date " + definition.startDate());
            }
        } else if (!fields.has("end_date")) {
            fields.wrong("end_date", "is required for a custom budget");
        }
    }

    private static void inRange(Fields fields, String name, LocalDate date) {
        if (date.isBefore(EARLIEST) || date.isAfter(LATEST)) {
            fields.wrong(name, "must be from " + EARLIEST + " to " + LATEST);
        }
    }

    private static void checkWindow(Fields fields, BudgetDefinition definition) {
        if (definition.window() != Window.ROLLING) {
            return;
        }
        if (List.of(Type.CUSTOM, Type.SESSION).contains(definition.budgetType())) {
            fields.wrong(
                    "window",
                    "must be calendar for a " + definition.budgetType().text() + " budget");
        }
        if (!definition.renews()) {
            fields.wrong("renews", "must be true for a rolling window, which has no end");
        }
    }
}
