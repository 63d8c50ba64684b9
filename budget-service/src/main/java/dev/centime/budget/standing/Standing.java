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
    private final Map<String, Held> open = new HashMap<>();

    /** A reservation that is not closed. */
    record Held(Money amount, Call call) {}

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
        open.forEach((id, held) -> open(id, held));
    }

    boolean sessionsHaveTheirOwn() {
        return sessionsHaveTheirOwn;
    }

    /** How many figures it holds. */
    int size() {
        return 1 + open.size() + accounts.stream().mapToInt(Account::size).sum();
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
            case SpendReserved made -> open(made.reservationId(), new Held(made.amount(), Call.of(made.call())));
            case ReservationReleased released -> close(released.reservationId());
            case ReservationExpired expired -> close(expired.reservationId());
            case LimitLifted lifted ->
                lift(lifted.budgetId(), new LimitLift(lifted.until(), lifted.additionalAmount()));
            case LimitRestored restored -> lift(restored.budgetId(), null);
            default -> charge(Charge.of(event));
        }
    }

    private void open(String id, Held held) {
        if (isHere(held.call) && open.putIfAbsent(id, held) == null) {
            reserve(held.call, held.amount);
        }
    }

    private void close(String id) {
        var held = open.remove(id);
        if (held != null) {
            reserve(held.call, held.amount.negate());
        }
    }

    private void reserve(Call call, Money amount) {
        for (var account : accounts) {
            if (account.covers(call)) {
                account.reserve(amount);
            }
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
        var held = settles == null ? null : open.get(settles);
        if (settles != null
                && held != null
                && charge.maySettle(held.call.attribution().subject())) {
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
