package dev.centime.forecast.budget;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.centime.contracts.BudgetDefinition;
import dev.centime.contracts.Contracts;
import dev.centime.eventstore.log.EventLog;
import dev.centime.kit.Caller;
import dev.centime.kit.Tenants;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;

/** Finds a budget of the caller's organization. */
@ApplicationScoped
public class Budgets {
    private static final ObjectMapper JSON = Contracts.mapper();
    private static final String SELECT = """
            SELECT definition::text AS definition FROM forecast.budget
            WHERE partition = $1 AND organization = $2 AND budget_id = $3
            """;

    private final EventLog log;
    private final Tenants tenants;

    Budgets(EventLog log, Tenants tenants) {
        this.log = log;
        this.tenants = tenants;
    }

    /** Empty when there is none, or it was deleted. */
    public Uni<Optional<BudgetDefinition>> find(Caller caller, String budgetId) {
        return log.partitionOf(caller.oneOrganization())
                .chain(partition -> tenants.with(caller, connection -> connection
                        .preparedQuery(SELECT)
                        .execute(Tuple.of(partition, caller.oneOrganization(), budgetId))))
                .map(rows -> rows.size() == 0
                        ? Optional.empty()
                        : Optional.of(read(rows.iterator().next().getString("definition"))));
    }

    private static BudgetDefinition read(String json) {
        try {
            return JSON.readValue(json, BudgetDefinition.class);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("the view holds what the log held", e);
        }
    }
}
