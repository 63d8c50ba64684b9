package dev.centime.budget.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.centime.budget.DerivedId;
import dev.centime.budget.limit.Display;
import dev.centime.contracts.AlertRaised;
import dev.centime.contracts.Contracts;
import dev.centime.contracts.WeekReported;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What a week cost, as what messages are made of. Its figures are the details; the only channel is mail. */
public final class WeeklyReport {
    private static final String KIND = "weekly-report";
    private static final String BUDGETS = "budgets";
    private static final ObjectMapper MAPPER = Contracts.mapper();

    private WeeklyReport() {}

    /** The same week of an organization makes the same message, however often it is told. */
    public static AlertRaised told(String organization, WeekReported week, WeekBudgets budgets, Instant at) {
        ObjectNode details = MAPPER.valueToTree(week);
        details.set(BUDGETS, MAPPER.valueToTree(budgets));
        details.putArray("channels").add("email");
        return new AlertRaised(
                DerivedId.of(KIND, organization, week.start().toString()).toString(),
                KIND,
                "info",
                "The week from " + week.start() + " to " + week.end(),
                "It cost " + Display.dollars(week.totalCost()) + ".",
                "week/" + week.start(),
                null,
                details,
                at);
    }

    public static boolean isOne(AlertRaised told) {
        return told.kind().equals(KIND) && told.details() != null;
    }

    /** The figures of one. */
    public static WeekReported week(AlertRaised told) {
        return read(told.details(), WeekReported.class);
    }

    /** How the budgets stood. */
    public static WeekBudgets budgets(AlertRaised told) {
        var budgets = told.details() == null ? null : told.details().get(BUDGETS);
        return budgets == null ? WeekBudgets.NONE : read(budgets, WeekBudgets.class);
    }

    private static <T> T read(@Nullable JsonNode details, Class<T> type) {
        try {
            return MAPPER.treeToValue(details, type);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a report is always readable", e);
        }
    }
}
