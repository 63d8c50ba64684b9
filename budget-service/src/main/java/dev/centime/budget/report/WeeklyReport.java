package dev.centime.budget.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.centime.budget.DerivedId;
import dev.centime.budget.limit.Display;
import dev.centime.contracts.AlertRaised;
import dev.centime.contracts.Contracts;
import dev.centime.contracts.WeekReported;
import java.time.Instant;

/** What a week cost, as what messages are made of. Its figures are the details; the only channel is mail. */
public final class WeeklyReport {
    private static final String KIND = "weekly-report";
    private static final ObjectMapper MAPPER = Contracts.mapper();

    private WeeklyReport() {}

    /** The same week of an organization makes the same message, however often it is told. */
    public static AlertRaised told(String organization, WeekReported week, Instant at) {
        ObjectNode details = MAPPER.valueToTree(week);
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
        try {
            return MAPPER.treeToValue(told.details(), WeekReported.class);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a report is always readable", e);
        }
    }
}
