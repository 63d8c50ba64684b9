package dev.centime.budget.view.budgets;

import dev.centime.budget.StandingBudget;
import dev.centime.contracts.BudgetDefinition.Type;
import dev.centime.kit.Caller;
import dev.centime.kit.Page;
import dev.centime.kit.Query;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Which budgets of an organization a list shows. An organization's budgets are few enough to be filtered and ordered here; a page
 * begins after the last one shown, by order and id, whatever was inserted in between.
 */
final class BudgetsPage {
    private final Query query;
    private final Caller caller;
    private final Query.Sort sort;
    private final int limit;
    private final Optional<List<String>> after;
    private final @Nullable String type;
    private final Optional<Boolean> active;

    private BudgetsPage(Query query, Caller caller) {
        this.query = query;
        this.caller = caller;
        this.sort = query.sort(List.of("name", "created_at", "total_limit"), new Query.Sort("created_at", false));
        this.limit = query.limit();
        this.after = query.cursor(caller);
        this.type = query.word(
                "budget_type", Arrays.stream(Type.values()).map(Type::text).toList());
        this.active = query.text("is_active").map(text -> query.flag("is_active", true));
    }

    /** @throws dev.centime.kit.Problem 400 when a parameter cannot be read */
    static BudgetsPage asked(Query query, Caller caller) {
        return new BudgetsPage(query, caller);
    }

    Page<StandingBudget> cut(List<StandingBudget> all) {
        var wanted = all.stream()
                .filter(budget ->
                        type == null || budget.definition().budgetType().text().equals(type))
                .filter(budget ->
                        active.isEmpty() || active.get() == budget.definition().active())
                .sorted(order())
                .dropWhile(budget -> after.isPresent() && !isBehind(budget, after.get()))
                .toList();
        if (wanted.size() <= limit) {
            return new Page<>(wanted, null);
        }
        var shown = wanted.subList(0, limit);
        return new Page<>(shown, query.nextCursor(caller, keys(shown.getLast())));
    }

    private Comparator<StandingBudget> order() {
        var byKeys = Comparator.comparing(BudgetsPage.this::sortKey).thenComparing(StandingBudget::budgetId);
        return sort.descending() ? byKeys.reversed() : byKeys;
    }

    private boolean isBehind(StandingBudget budget, List<String> last) {
        var byKey = sortKey(budget).compareTo(last.getFirst());
        var compared = byKey != 0 ? byKey : budget.budgetId().compareTo(last.getLast());
        return sort.descending() ? compared < 0 : compared > 0;
    }

    private List<String> keys(StandingBudget budget) {
        return List.of(sortKey(budget), budget.budgetId());
    }

    /** Text that sorts as the value does. */
    private String sortKey(StandingBudget budget) {
        return switch (sort.name()) {
            case "name" -> budget.definition().name();
            case "total_limit" ->
                "%021d".formatted(budget.definition().totalLimit().amount().toBigInteger())
                        + budget.definition()
                                .totalLimit()
                                .amount()
                                .remainder(java.math.BigDecimal.ONE)
                                .toPlainString();
            default ->
                "%020d.%09d"
                        .formatted(
                                budget.createdAt().getEpochSecond(),
                                budget.createdAt().getNano());
        };
    }
}
