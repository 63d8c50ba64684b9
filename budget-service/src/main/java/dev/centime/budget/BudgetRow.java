package dev.centime.budget;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.centime.budget.event.LimitLifted;
import dev.centime.budget.limit.Periods;
import dev.centime.contracts.BudgetDefinition;
import dev.centime.contracts.Contracts;
import dev.centime.contracts.Scope;
import io.vertx.mutiny.sqlclient.Row;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A row of the table {@code budget}, whoever selects it. */
public final class BudgetRow {
    /** To select, in no particular order. */
    public static final String COLUMNS =
            "partition, organization, budget_id, revision, measured_since, measured_at, definition::text AS definition, created_by, created_at, set_at, last_alert_at, lift::text AS lift";

    private static final ObjectMapper MAPPER = Contracts.mapper();

    private BudgetRow() {}

    public static StandingBudget read(Row row) {
        var definition = definition(row.getString("definition"));
        return new StandingBudget(
                row.getInteger("partition"),
                row.getString("organization"),
                row.getString("budget_id"),
                row.getInteger("revision"),
                row.getInteger("measured_since"),
                row.getOffsetDateTime("measured_at").toInstant(),
                definition,
                new Periods(definition),
                row.getString("created_by"),
                row.getOffsetDateTime("created_at").toInstant(),
                row.getOffsetDateTime("set_at").toInstant(),
                instant(row, "last_alert_at"),
                lift(row.getString("lift")));
    }

    /** To select for {@link #scope}. */
    public static final String SCOPE = "(definition -> 'scope')::text AS scope";

    /** What calls it covers, which is told at a fraction of the cost of the whole. */
    public static Scope scope(Row row) {
        try {
            var scope = row.getString("scope");
            return scope == null ? Scope.ORGANIZATION : MAPPER.readValue(scope, Scope.class);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a stored scope is always readable", e);
        }
    }

    /** As it goes into the column. */
    public static String json(BudgetDefinition definition) {
        return text(definition);
    }

    /** As it goes into the column. */
    public static String json(LimitLifted lifted) {
        return text(lifted);
    }

    /** As a parameter: values by dimension. */
    public static String json(Scope scope) {
        return text(scope.filters());
    }

    private static String text(Object value) {
        try {
            return MAPPER.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("definitions and lifts are always JSON", e);
        }
    }

    private static BudgetDefinition definition(String json) {
        try {
            return MAPPER.readValue(json, BudgetDefinition.class);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a stored definition is always readable", e);
        }
    }

    private static @Nullable LimitLifted lift(@Nullable String json) {
        if (json == null) {
            return null;
        }
        try {
            return MAPPER.readValue(json, LimitLifted.class);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a stored lift is always readable", e);
        }
    }

    private static @Nullable Instant instant(Row row, String column) {
        var value = row.getOffsetDateTime(column);
        return value == null ? null : value.toInstant();
    }
}
