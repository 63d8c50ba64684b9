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
    private final Position settled;
    private final Duration age;
    private final Map<String, Standing> bySession;

    /** @param bySession the organization's own under the empty one */
    Moment(Position position, Duration age, Map<String, Standing> bySession) {
        this(position, position, age, bySession);
    }

    /** @param settled up to which no budget was set or deleted since the position */
    Moment(Position position, Position settled, Duration age, Map<String, Standing> bySession) {
        this.position = position;
        this.settled = settled;
        this.age = age;
        this.bySession = bySession;
    }

    /** Up to where everything is counted. */
    public Position position() {
        return position;
    }

    /** Up to where the budgets are those that stand; beyond {@link #position()} only where what is known is old. */
    public Position settled() {
        return settled;
    }

    /** Whether everything up to where the budgets stand is counted. */
    public boolean isWhole() {
        return position.equals(settled);
    }

    /** How long ago there was nothing after that position, at least. */
    public Duration age() {
        return age;
    }

    /** Whether a reservation is there that is not closed. */
    public boolean isOpen(String reservationId) {
        var organizations = bySession.get("");
        return organizations != null && organizations.isOpen(reservationId);
    }

    /** How many reservations of the organization are held. */
    public int open() {
        var organizations = bySession.get("");
        return organizations == null ? 0 : organizations.open();
    }

    /** How the budgets that cover a call stand, those for each session by the call's own. */
    public List<BudgetUse> uses(Call call, Instant now) {
        return bySession.entrySet().stream()
                .filter(entry -> entry.getKey().isEmpty() || entry.getKey().equals(call.session()))
                .flatMap(entry -> entry.getValue().uses(call, now).stream())
                .toList();
    }
}
