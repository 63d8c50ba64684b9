package dev.centime.budget.view.budgets;

import dev.centime.budget.StandingBudget;
import dev.centime.budget.view.budgets.SelectBudgets.Wanted;
import dev.centime.contracts.BudgetDefinition.Type;
import dev.centime.kit.Caller;
import dev.centime.kit.Page;
import dev.centime.kit.PageEnd;
import dev.centime.kit.Query;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Which budgets a list shows. A page begins after the last one shown, by order and id, whatever was inserted in between. */
final class BudgetsPage {
    private final Query query;
    private final Caller caller;
    private final Query.Sort sort;
    private final int limit;
    private final @Nullable After after;
    private final @Nullable String type;
    private final @Nullable Boolean active;

    private BudgetsPage(Query query, Caller caller) {
        this.query = query;
        this.caller = caller;
        this.sort = query.sort(List.of("name", "created_at", "total_limit"), new Query.Sort("created_at", false));
        this.limit = query.limit();
        this.after = query.cursor(caller, this::after).orElse(null);
        this.type = query.word(
                "budget_type", Arrays.stream(Type.values()).map(Type::text).toList());
        this.active = query.text("is_active").isPresent() ? query.flag("is_active", true) : null;
    }

    /** @throws dev.centime.kit.Problem 400 when a parameter cannot be read */
    static BudgetsPage asked(Query query, Caller caller) {
        return new BudgetsPage(query, caller);
    }

    /** One more than is shown, to tell whether there is another page. @param subject whose alone, null for everybody's */
    Wanted wanted(@Nullable String subject) {
        return new Wanted(
                null,
                false,
                subject,
                type,
                active,
                sort,
                after == null ? null : after.key,
                after == null ? null : after.budgetId,
                limit + 1);
    }

    Page<StandingBudget> of(List<StandingBudget> found) {
        return query.page(caller, found, limit, last -> List.of(sortKey(last), last.budgetId()));
    }

    /** @param key as {@link #sortKey} tells it */
    private record After(String key, String budgetId) {}

    private After after(PageEnd end) {
        var key =
                switch (sort.name()) {
                    case "name" -> end.text();
                    case "total_limit" -> end.amount().toPlainString();
                    default -> end.instant().toString();
                };
        return new After(key, end.text());
    }

    /** As text that the database reads. */
    private String sortKey(StandingBudget budget) {
        return switch (sort.name()) {
            case "name" -> budget.definition().name();
            case "total_limit" -> budget.definition().totalLimit().amount().toPlainString();
            default -> budget.createdAt().toString();
        };
    }
}
