package dev.centime.budget.limit;

import dev.centime.contracts.BudgetDefinition;
import dev.centime.contracts.BudgetDefinition.Action;
import dev.centime.contracts.BudgetDefinition.Rollover;
import dev.centime.contracts.BudgetDefinition.WhenStale;
import dev.centime.contracts.Money;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What one budget, or one session under it, has spent and reserved, for whoever keeps it up to date. Not safe for several threads.
 */
public final class Account {
    private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);

    /** In memory a figure is a quarter of a kilobyte: an account by itself takes four, and two stretches of spend take one. */
    private static final int FIGURES = 4;

    private static final int SPENDS_A_FIGURE = 2;

    private final String budgetId;
    private final BudgetDefinition definition;
    private final Periods periods;
    private final @Nullable String session;
    private final Map<String, List<String>> scope;
    private final @Nullable BigDecimal blockingPercent;
    private final boolean carriesOver;
    private final NavigableMap<Instant, Money> spent = new TreeMap<>();
    private Money reserved = Money.ZERO;
    private @Nullable LimitLift lift;
    private @Nullable Window window;
    private Money windowSpent = Money.ZERO;
    private Money windowLimit;
    private @Nullable Money blockedLimit;
    private @Nullable Money blocksAt;
    private boolean pastChanged;
    private Instant latest = Instant.MIN;

    /** @param session null unless the budget is for each session */
    public Account(String budgetId, BudgetDefinition definition, Periods periods, @Nullable String session) {
        this.budgetId = budgetId;
        this.definition = definition;
        this.periods = periods;
        this.session = session;
        this.scope = Map.copyOf(definition.scope().filters());
        this.blockingPercent = definition.thresholds().stream()
                .filter(threshold -> threshold.action() == Action.BLOCK)
                .map(BudgetDefinition.Threshold::percent)
                .findFirst()
                .orElse(null);
        this.carriesOver = definition.rollover() == Rollover.REMAINING;
        this.windowLimit = definition.totalLimit();
    }

    /** From where on spend must be known to tell how a budget stands at a moment and later. */
    public static Instant neededFrom(BudgetDefinition definition, Periods periods, Instant now) {
        return definition.rollover() == Rollover.REMAINING ? periods.begin() : periods.countsFrom(now);
    }

    public String budgetId() {
        return budgetId;
    }

    /** How many figures it takes. */
    public int size() {
        return FIGURES + spent.size() / SPENDS_A_FIGURE;
    }

    public boolean covers(Call call) {
        return call.isIn(definition.scope());
    }

    /** A call at that moment costs so much, or so much more than was thought. */
    public void spend(Instant at, Money amount) {
        if (at.isBefore(periods.begin())) {
            return;
        }
        spent.merge(periods.stretchOf(at), amount, Money::plus);
        if (window != null && window.contains(at)) {
            windowSpent = windowSpent.plus(amount);
        } else if (carriesOver) {
            pastChanged = true;
        }
    }

    /** More is held; less when negative. */
    public void reserve(Money amount) {
        reserved = reserved.plus(amount);
    }

    /** @param newest null for none any more */
    public void lift(@Nullable LimitLift newest) {
        lift = newest;
    }

    /** How it stands at a moment; empty when no call of that moment counts against it. */
    public Optional<BudgetUse> at(Instant now) {
        if (!definition.active()) {
            return Optional.empty();
        }
        // A clock that is set back does not bring back a window whose calls are forgotten.
        latest = now.isAfter(latest) ? now : latest;
        if (window == null || !periods.isCurrent(window, latest)) {
            var begun = periods.of(latest, latest);
            if (begun.isEmpty()) {
                return Optional.empty();
            }
            roll(begun.get());
        }
        return Optional.of(use(Objects.requireNonNull(window), latest));
    }

    /** Another window has begun. Calls that no window reaches any more are forgotten, unless what they left is carried over. */
    private void roll(Window begun) {
        window = begun;
        windowSpent = sum(begun);
        pastChanged = carriesOver;
        if (!carriesOver) {
            spent.headMap(periods.countsFrom(latest)).clear();
        }
    }

    /** The limit of the window, with what the earlier ones left. */
    private Money windowLimit(Window current) {
        if (pastChanged) {
            windowLimit = definition
                    .totalLimit()
                    .plus(new CarriedOver(current, definition, periods, this::sum).into(current));
            pastChanged = false;
        }
        return windowLimit;
    }

    private Money sum(Window some) {
        var within = some.end() == null
                ? spent.tailMap(some.start(), true)
                : spent.subMap(some.start(), true, some.end(), false);
        return within.values().stream().reduce(Money.ZERO, Money::plus);
    }

    private BudgetUse use(Window current, Instant now) {
        var lifted = lift != null && lift.holds(now) ? lift : null;
        var limit = windowLimit(current);
        if (lifted != null && lifted.additional() != null) {
            limit = limit.plus(lifted.additional());
        }
        return new BudgetUse(
                budgetId,
                definition.name(),
                scope,
                session,
                current,
                limit,
                lifted != null && lifted.additional() == null ? null : blocksAt(limit),
                windowSpent,
                reserved,
                definition.whenStale() == WhenStale.ADMIT);
    }

    /** Rounded down to what money can say. Asked for with every call, and seldom of another limit than before. */
    private @Nullable Money blocksAt(Money limit) {
        if (blockingPercent != null && !limit.equals(blockedLimit)) {
            blockedLimit = limit;
            blocksAt = Money.of(
                    limit.amount().multiply(blockingPercent).divide(HUNDRED).setScale(18, RoundingMode.DOWN));
        }
        return blocksAt;
    }
}
