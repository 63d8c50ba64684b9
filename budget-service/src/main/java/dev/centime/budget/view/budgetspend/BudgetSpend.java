package dev.centime.budget.view.budgetspend;

import dev.centime.budget.Charge;
import dev.centime.budget.event.LimitLifted;
import dev.centime.budget.event.LimitRestored;
import dev.centime.budget.event.ReservationExpired;
import dev.centime.budget.event.ReservationReleased;
import dev.centime.budget.event.SpendReserved;
import dev.centime.contracts.AlertRaised;
import dev.centime.contracts.BudgetDeleted;
import dev.centime.contracts.BudgetSet;
import dev.centime.contracts.UsageCorrected;
import dev.centime.contracts.UsageRecorded;
import dev.centime.contracts.UsageRepriced;
import dev.centime.eventstore.log.Event;
import dev.centime.eventstore.projection.Projection;
import dev.centime.eventstore.projection.View;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * The budgets, what was spent against each, and which thresholds that reached. Calls move the period they were made in,
 * however late the log learns of them, of their price or of how large they were.
 */
@ApplicationScoped
public class BudgetSpend implements Projection {
    public static final String NAME = "budget-spend";

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public List<String> tables() {
        return List.of("budget", "spend_cell", "budget_spend", "crossing", "reservation");
    }

    @Override
    public Set<Class<?>> reads() {
        return Set.of(
                UsageRecorded.class,
                UsageRepriced.class,
                UsageCorrected.class,
                BudgetSet.class,
                BudgetDeleted.class,
                AlertRaised.class,
                SpendReserved.class,
                ReservationReleased.class,
                ReservationExpired.class,
                LimitLifted.class,
                LimitRestored.class);
    }

    /** Calls and reservations are folded in as sets, as far as no other event stands between them. */
    @Override
    public Uni<Void> apply(View view, List<Event> page) {
        var done = Uni.createFrom().voidItem();
        var calls = new ArrayList<Charge>();
        var reservations = new Reservations();
        for (var event : page) {
            switch (event.payload()) {
                case UsageRecorded _, UsageRepriced _, UsageCorrected _ -> count(Charge.of(event), calls, reservations);
                case SpendReserved _, ReservationReleased _, ReservationExpired _ -> reservations.fold(event);
                case Object other -> {
                    done = thenWrite(done, view, calls, reservations);
                    calls = new ArrayList<>();
                    reservations = new Reservations();
                    done = done.chain(() -> fold(view, event, other));
                }
            }
        }
        return thenWrite(done, view, calls, reservations);
    }

    private static void count(Charge charge, List<Charge> calls, Reservations reservations) {
        calls.add(charge);
        var settles = charge.settles();
        if (settles != null) {
            reservations.close(new Reservations.Key(charge.organization(), settles));
        }
    }

    private static Uni<Void> thenWrite(Uni<Void> done, View view, List<Charge> calls, Reservations reservations) {
        var counted = calls.isEmpty() ? done : done.chain(() -> CountCalls.execute(view, calls));
        return counted.chain(() -> reservations.write(view));
    }

    private static Uni<Void> fold(View view, Event event, Object payload) {
        return switch (payload) {
            case BudgetSet set -> SetBudget.execute(view, event.stored(), set);
            case BudgetDeleted deleted -> DeleteBudget.execute(view, event.stored(), deleted);
            case AlertRaised raised -> NoteAlert.execute(view, event.stored(), raised);
            case LimitLifted lifted -> UpdateLift.execute(view, event.stored(), lifted.budgetId(), lifted);
            case LimitRestored restored -> UpdateLift.execute(view, event.stored(), restored.budgetId(), null);
            default ->
                throw new IllegalArgumentException("not read: " + event.stored().type());
        };
    }
}
