package dev.centime.budget.standing;

import dev.centime.budget.Charge;
import dev.centime.budget.event.LimitLifted;
import dev.centime.budget.event.LimitRestored;
import dev.centime.budget.event.ReservationExpired;
import dev.centime.budget.event.ReservationReleased;
import dev.centime.budget.event.SpendReserved;
import dev.centime.budget.limit.Account;
import dev.centime.budget.limit.BudgetUse;
import dev.centime.budget.limit.Call;
import dev.centime.budget.limit.LimitLift;
import dev.centime.contracts.Money;
import dev.centime.eventstore.log.Event;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How the budgets of an organization stand, or those for each session, of one of its sessions. The fold of the log since what it
 * began from. Not safe for several threads.
 */
final class Standing {
    private final String session;
    private final boolean sessionsHaveTheirOwn;
    private final List<Account> accounts;
    private final Map<String, Kept> open = new HashMap<>();
    private int heldSize;

    /** A reservation that is not closed. */
    record Held(Money amount, Call call) {}

    /**
     * What is remembered of one: what it holds of which accounts, and nothing of its call, which may be long.
     *
     * @param person whose call settles it, as id; null for anybody's
     */
    private record Kept(Money amount, @Nullable String person, List<Account> against) {
        /** In figures, of which sixty references take one. */
        int size() {
            return 1 + against.size() / 60;
        }
    }

    /**
     * @param session empty for the organization's budgets
     * @param sessionsHaveTheirOwn whether the organization has budgets for each session
     * @param accounts with what is spent and lifted, reservations not counted yet
     * @param open by id, of that session where one is given
     */
    Standing(String session, boolean sessionsHaveTheirOwn, List<Account> accounts, Map<String, Held> open) {
        this.session = session;
        this.sessionsHaveTheirOwn = sessionsHaveTheirOwn;
        this.accounts = accounts;
        open.forEach(this::hold);
    }

    boolean sessionsHaveTheirOwn() {
        return sessionsHaveTheirOwn;
    }

    /** How many figures it takes, each about a quarter of a kilobyte. */
    int size() {
        return 1 + heldSize + accounts.stream().mapToInt(Account::size).sum();
    }

    /** How many reservations are held. */
    int open() {
        return open.size();
    }

    boolean isOpen(String reservationId) {
        return open.containsKey(reservationId);
    }

    /** How the budgets that cover a call stand at a moment. */
    List<BudgetUse> uses(Call call, Instant now) {
        return accounts.stream()
                .filter(account -> account.covers(call))
                .map(account -> account.at(now))
                .flatMap(Optional::stream)
                .toList();
    }

    /** What a settled reservation held goes and its true cost comes in one step: nobody sees both, or neither. */
    void fold(Event event) {
        switch (event.payload()) {
            case SpendReserved made -> hold(made.reservationId(), new Held(made.amount(), Call.of(made.call())));
            case ReservationReleased released -> close(released.reservationId());
            case ReservationExpired expired -> close(expired.reservationId());
            case LimitLifted lifted ->
                lift(lifted.budgetId(), new LimitLift(lifted.until(), lifted.additionalAmount()));
            case LimitRestored restored -> lift(restored.budgetId(), null);
            default -> charge(Charge.of(event));
        }
    }

    /** One more is held; again is nothing more. */
    void hold(String id, Held held) {
        if (isHere(held.call) && !open.containsKey(id)) {
            var against = accounts.stream()
                    .filter(account -> account.covers(held.call))
                    .toList();
            var kept = new Kept(held.amount, held.call.attribution().subject(), against);
            open.put(id, kept);
            heldSize += kept.size();
            against.forEach(account -> account.reserve(held.amount));
        }
    }

    private void close(String id) {
        var kept = open.remove(id);
        if (kept != null) {
            heldSize -= kept.size();
            kept.against.forEach(account -> account.reserve(kept.amount.negate()));
        }
    }

    private void lift(String budgetId, @Nullable LimitLift newest) {
        for (var account : accounts) {
            if (account.budgetId().equals(budgetId)) {
                account.lift(newest);
            }
        }
    }

    private void charge(Charge charge) {
        var settles = charge.settles();
        var kept = settles == null ? null : open.get(settles);
        if (settles != null && kept != null && charge.maySettle(kept.person)) {
            close(settles);
        }
        var call = charge.call();
        if (!isHere(call)) {
            return;
        }
        for (var account : accounts) {
            if (account.covers(call)) {
                account.spend(charge.at(), charge.spend());
            }
        }
    }

    private boolean isHere(Call call) {
        return session.isEmpty() || session.equals(call.session());
    }
}
