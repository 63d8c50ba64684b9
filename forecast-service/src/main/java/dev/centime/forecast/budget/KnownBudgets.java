package dev.centime.forecast.budget;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.centime.contracts.BudgetDeleted;
import dev.centime.contracts.BudgetEvent;
import dev.centime.contracts.BudgetSet;
import dev.centime.contracts.Contracts;
import dev.centime.eventstore.log.Event;
import dev.centime.eventstore.projection.Projection;
import dev.centime.eventstore.projection.View;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Keeps the newest revision of each budget. */
@ApplicationScoped
public class KnownBudgets implements Projection {
    private static final ObjectMapper JSON = Contracts.mapper();

    private record Key(String organization, String budgetId) {}

    @Override
    public String name() {
        return "known-budgets";
    }

    @Override
    public List<String> tables() {
        return List.of("budget");
    }

    @Override
    public Set<Class<?>> reads() {
        return Set.of(BudgetSet.class, BudgetDeleted.class);
    }

    @Override
    public Uni<Void> apply(View view, List<Event> page) {
        var newest = new LinkedHashMap<Key, BudgetEvent>();
        for (var event : page) {
            var budget = (BudgetEvent) event.payload();
            newest.put(new Key(event.stored().organization(), budget.budgetId()), budget);
        }
        return set(view, newest).chain(() -> delete(view, newest));
    }

    private static Uni<Void> set(View view, Map<Key, BudgetEvent> newest) {
        var rows = new ArrayList<Tuple>();
        newest.forEach((key, event) -> {
            if (event instanceof BudgetSet set) {
                rows.add(Tuple.of(view.partition(), key.organization, key.budgetId, json(set)));
            }
        });
        return rows.isEmpty()
                ? Uni.createFrom().voidItem()
                : view.connection()
                        .preparedQuery("""
                                INSERT INTO %s (partition, organization, budget_id, definition)
                                VALUES ($1, $2, $3, $4::text::jsonb)
                                ON CONFLICT (partition, organization, budget_id) DO UPDATE
                                SET definition = excluded.definition
                                """.formatted(view.table("budget")))
                        .executeBatch(rows)
                        .replaceWithVoid();
    }

    private static Uni<Void> delete(View view, Map<Key, BudgetEvent> newest) {
        var rows = new ArrayList<Tuple>();
        newest.forEach((key, event) -> {
            if (event instanceof BudgetDeleted) {
                rows.add(Tuple.of(view.partition(), key.organization, key.budgetId));
            }
        });
        return rows.isEmpty()
                ? Uni.createFrom().voidItem()
                : view.connection()
                        .preparedQuery("DELETE FROM " + view.table("budget")
                                + " WHERE partition = $1 AND organization = $2 AND budget_id = $3")
                        .executeBatch(rows)
                        .replaceWithVoid();
    }

    private static String json(BudgetSet set) {
        try {
            return JSON.writeValueAsString(set.definition());
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("what was read from JSON can be written", e);
        }
    }
}
