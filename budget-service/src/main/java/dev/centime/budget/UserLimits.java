package dev.centime.budget;

import dev.centime.budget.event.UserLimitsSet;
import dev.centime.contracts.BudgetDefinition.Type;
import dev.centime.contracts.BudgetDeleted;
import dev.centime.contracts.BudgetSet;
import dev.centime.contracts.Money;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The limits of one person, and the budgets that they are: a budget for each period, which may be changed like any other. */
public final class UserLimits {
    /** The periods in which a person can be limited. */
    public static final List<Type> PERIODS = List.of(Type.DAILY, Type.WEEKLY, Type.MONTHLY, Type.SESSION);

    private final String subject;
    private final Map<Type, BudgetSet> standing = new EnumMap<>(Type.class);
    private final Map<Type, BudgetSet> last = new EnumMap<>(Type.class);
    private final Map<Type, Integer> revisions = new EnumMap<>(Type.class);
    private final Map<Type, Money> most = new EnumMap<>(Type.class);
    private @Nullable UserLimitsSet newest;

    /** Nobody has set any yet. @param subject whose, as id */
    public UserLimits(String subject) {
        this.subject = subject;
    }

    /** The budget that is a person's limit in a period. */
    public static String budgetId(String subject, Type period) {
        return DerivedId.of("user-limit", subject, period.text()).toString();
    }

    public String subject() {
        return subject;
    }

    public void evolve(Object event) {
        switch (event) {
            case BudgetSet set -> evolve(set);
            case BudgetDeleted deleted -> evolve(deleted);
            case UserLimitsSet set -> {
                newest = set;
                most.clear();
                most.putAll(set.most());
            }
            default -> {}
        }
    }

    /** Who sets such a budget by itself is an administrator; the event that the person's own change ends with says otherwise. */
    private void evolve(BudgetSet set) {
        var period = set.definition().budgetType();
        var before = standing.put(period, set);
        last.put(period, set);
        revisions.put(period, set.revision());
        if (before == null
                || !before.definition().totalLimit().equals(set.definition().totalLimit())) {
            most.put(period, set.definition().totalLimit());
        }
    }

    private void evolve(BudgetDeleted deleted) {
        for (var period : PERIODS) {
            if (budgetId(subject, period).equals(deleted.budgetId())) {
                standing.remove(period);
                most.remove(period);
                revisions.put(period, deleted.revision());
            }
        }
    }

    /** Whether somebody ever set them. */
    public boolean wereSet() {
        return newest != null;
    }

    public boolean emailAlerts() {
        return newest == null || newest.emailAlerts();
    }

    public Optional<BudgetSet> budget(Type period) {
        return Optional.ofNullable(standing.get(period));
    }

    /** The budget's first maker, also when it was deleted since. */
    public Optional<BudgetSet> last(Type period) {
        return Optional.ofNullable(last.get(period));
    }

    public int revision(Type period) {
        return revisions.getOrDefault(period, 0);
    }

    public Optional<Money> limit(Type period) {
        return budget(period).map(set -> set.definition().totalLimit());
    }

    /** Up to which the person may set it himself. */
    public Map<Type, Money> most() {
        return most;
    }
}
