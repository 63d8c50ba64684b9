package dev.centime.budget.command.reservespend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.centime.budget.event.ReservationExpired;
import dev.centime.budget.event.ReservationReleased;
import dev.centime.budget.event.SpendReserved;
import dev.centime.contracts.UsageRecorded;
import dev.centime.eventstore.log.StoredEvent;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Goes through a log from its beginning with sums of its own and looks at every reservation that was admitted: what was spent up to the
 * position that it names, which is never a second old, what was held there, what was admitted on the same position before it, and the amount itself must fit every
 * budget that covers it.
 */
final class LogChecker {
    private final Map<String, Budget> budgets;
    private final Map<String, SpendReserved> open = new HashMap<>();
    private final Map<Long, Instant> takenAt = new HashMap<>();
    private final TreeMap<Long, Map<String, Used>> usedAt = new TreeMap<>();
    private final List<Admitted> sinceThat = new ArrayList<>();
    private int admitted;
    private int settled;
    private int released;
    private int expired;

    /** A budget that stops calls at its limit. @param person whom it is about, null for everybody */
    record Budget(BigDecimal limit, String person) {
        boolean covers(String other) {
            return person == null || person.equals(other);
        }
    }

    record Used(BigDecimal spent, BigDecimal held) {
        static final Used NOTHING = new Used(BigDecimal.ZERO, BigDecimal.ZERO);

        Used spending(BigDecimal more) {
            return new Used(spent.add(more), held);
        }

        Used holding(BigDecimal more) {
            return new Used(spent, held.add(more));
        }
    }

    private record Admitted(long offset, SpendReserved event) {}

    LogChecker(Map<String, Budget> budgets) {
        this.budgets = budgets;
        usedAt.put(0L, start());
    }

    private Map<String, Used> start() {
        var nothing = new HashMap<String, Used>();
        budgets.keySet().forEach(id -> nothing.put(id, Used.NOTHING));
        return nothing;
    }

    /** @param payload null for an event of no type that is known here */
    void look(StoredEvent stored, Object payload) {
        var offset = stored.offset();
        takenAt.put(offset, stored.recordedAt());
        switch (payload) {
            case null -> {}
            case SpendReserved made -> admit(offset, made);
            case ReservationReleased it -> released += close(offset, it.reservationId()) ? 1 : 0;
            case ReservationExpired it -> expired += close(offset, it.reservationId()) ? 1 : 0;
            case UsageRecorded call -> spend(offset, call);
            default -> {}
        }
    }

    /** What came first after the position that it names came less than a second before it. */
    private void isFresh(long offset, SpendReserved made) {
        assertThat(Duration.between(takenAt.get(made.spentUpTo() + 1), takenAt.get(offset)))
                .as("the age of %d, on which %d was decided", made.spentUpTo(), offset)
                .isLessThanOrEqualTo(Duration.ofSeconds(1));
    }

    private void admit(long offset, SpendReserved made) {
        isFresh(offset, made);
        var person = made.call().get("user");
        // Nothing that leaves less room lies between the position and the decision, but what was decided on it
        // together.
        sinceThat.removeIf(before -> before.offset <= made.spentUpTo());
        assertThat(sinceThat)
                .allSatisfy(before -> assertThat(before.event.spentUpTo()).isEqualTo(made.spentUpTo()));
        var known = usedAt.floorEntry(made.spentUpTo()).getValue();
        budgets.forEach((id, budget) -> {
            if (budget.covers(person)) {
                var together = sinceThat.stream()
                        .filter(before -> budget.covers(before.event.call().get("user")))
                        .map(before -> before.event.amount().amount())
                        .reduce(BigDecimal.ZERO, BigDecimal::add);
                var used = known.get(id);
                assertThat(used.spent
                                .add(used.held)
                                .add(together)
                                .add(made.amount().amount()))
                        .as("budget %s at %d, decided on %d", id, offset, made.spentUpTo())
                        .isLessThanOrEqualTo(budget.limit);
                var said = made.uses().stream()
                        .filter(use -> use.budgetId().equals(id))
                        .findFirst()
                        .orElseThrow();
                assertThat(said.spent().amount()).isEqualByComparingTo(used.spent);
                assertThat(said.reserved().amount()).isEqualByComparingTo(used.held.add(together));
            }
        });
        sinceThat.add(new Admitted(offset, made));
        admitted++;
        assertThat(open.put(made.reservationId(), made)).isNull();
        move(offset, person, used -> used.holding(made.amount().amount()));
    }

    private boolean close(long offset, String id) {
        var made = open.remove(id);
        if (made == null) {
            return false;
        }
        move(
                offset,
                made.call().get("user"),
                used -> used.holding(made.amount().amount().negate()));
        return true;
    }

    private void spend(long offset, UsageRecorded call) {
        var settles = call.provenance().reservationId();
        if (settles != null && isHeldFor(call.attribution().subject(), settles) && close(offset, settles)) {
            settled++;
        }
        move(
                offset,
                call.attribution().subject(),
                used -> used.spending(call.cost().totalOrZero().amount()));
    }

    private boolean isHeldFor(String person, String id) {
        var made = open.get(id);
        return made != null && made.call().get("user").equals(person);
    }

    private void move(long offset, String person, java.util.function.UnaryOperator<Used> change) {
        var now = new HashMap<>(usedAt.lastEntry().getValue());
        budgets.forEach((id, budget) -> {
            if (budget.covers(person)) {
                now.computeIfPresent(id, (same, used) -> change.apply(used));
            }
        });
        usedAt.put(offset, now);
    }

    Used used(String budgetId) {
        return usedAt.lastEntry().getValue().get(budgetId);
    }

    int admitted() {
        return admitted;
    }

    @Override
    public String toString() {
        return "%,d admitted, %,d settled, %,d released, %,d expired, %,d open"
                .formatted(admitted, settled, released, expired, open.size());
    }
}
