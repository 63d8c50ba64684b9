package dev.centime.budget.view.budgetspend;

import dev.centime.budget.StandingBudget;
import dev.centime.budget.limit.AlertLevel;
import dev.centime.budget.limit.Window;
import dev.centime.contracts.Money;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;

/** The thresholds reached while events are folded in, each at the first event that reached it. */
final class Crossings {
    private final Map<String, Crossing> byAlert = new LinkedHashMap<>();

    /**
     * Looks at a spend as it is after an event.
     *
     * @param limit of that window, with what was carried over
     * @param at when the log learned of that event
     */
    void look(StandingBudget budget, Window window, String session, Money limit, Money spend, Instant at) {
        var definition = budget.definition();
        // Nobody had set this limit yet while that window ran: it is no news that it would have been exceeded.
        if (!definition.active() || !definition.alertEnabled() || window.endedBy(budget.measuredAt())) {
            return;
        }
        for (var threshold : definition.thresholds()) {
            if (AlertLevel.reached(threshold, limit, spend)) {
                var crossing = new Crossing(budget, window, session, threshold, limit, spend, at);
                byAlert.putIfAbsent(crossing.alertId(), crossing);
            }
        }
    }

    Collection<Crossing> all() {
        return byAlert.values();
    }
}
