package dev.centime.budget.standing;

import dev.centime.budget.limit.BudgetUse;
import dev.centime.budget.limit.Call;
import dev.centime.eventstore.log.Position;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** How an organization's budgets stand at one position of the log. */
public final class Moment {
    private final Position position;
    private final Duration age;
    private final Map<String, Standing> bySession;

    /** @param bySession the organization's own under the empty one */
    Moment(Position position, Duration age, Map<String, Standing> bySession) {
        this.position = position;
        this.age = age;
        this.bySession = bySession;
    }

    /** Up to where everything is counted. */
    public Position position() {
        return position;
    }

    /** How long ago there was nothing after that position. */
    public Duration age() {
        return age;
    }

    /** Whether a reservation is there that is not closed. */
    public boolean isOpen(String reservationId) {
        var organizations = bySession.get("");
        return organizations != null && organizations.isOpen(reservationId);
    }

    /** How the budgets that cover a call stand, those for each session by the call's own. */
    public List<BudgetUse> uses(Call call, Instant now) {
        return bySession.entrySet().stream()
                .filter(entry -> entry.getKey().isEmpty() || entry.getKey().equals(call.session()))
                .flatMap(entry -> entry.getValue().uses(call, now).stream())
                .toList();
    }
}
