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
import io.smallrye.mutiny.Multi;
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

    /** What stands side by side in a page and can be folded in as a set. */
    private enum Kind {
        MOVES,
        BUDGETS,
        ALERTS,
        LIFTS;

        static Kind of(Event event) {
            return switch (event.payload()) {
                case UsageRecorded _, UsageRepriced _, UsageCorrected _ -> MOVES;
                case SpendReserved _, ReservationReleased _, ReservationExpired _ -> MOVES;
                case BudgetSet _ -> BUDGETS;
                case AlertRaised _ -> ALERTS;
                case BudgetDeleted _, LimitLifted _, LimitRestored _ -> LIFTS;
                default ->
                    throw new IllegalArgumentException(
                            "not read: " + event.stored().type());
            };
        }
    }

    /** Events of one kind are folded in together, as far as no other kind stands between them. */
    @Override
    public Uni<Void> apply(View view, List<Event> page) {
        var runs = new ArrayList<List<Event>>();
        int from = 0;
        for (int at = 1; at <= page.size(); at++) {
            if (at == page.size() || Kind.of(page.get(at)) != Kind.of(page.get(from))) {
                runs.add(page.subList(from, at));
                from = at;
            }
        }
        return Multi.createFrom()
                .iterable(runs)
                .onItem()
                .transformToUniAndConcatenate(alike -> fold(view, alike))
                .collect()
                .last()
                .replaceWithVoid();
    }

    private static Uni<Void> fold(View view, List<Event> alike) {
        return switch (Kind.of(alike.getFirst())) {
            case MOVES -> move(view, alike);
            case BUDGETS -> SetBudgets.execute(view, alike);
            case ALERTS -> NoteAlerts.execute(view, alike);
            case LIFTS ->
                Multi.createFrom()
                        .iterable(alike)
                        .onItem()
                        .transformToUniAndConcatenate(event -> lift(view, event))
                        .collect()
                        .last()
                        .replaceWithVoid();
        };
    }

    private static Uni<Void> move(View view, List<Event> events) {
        var calls = new ArrayList<Charge>();
        var reservations = new Reservations();
        for (var event : events) {
            switch (event.payload()) {
                case SpendReserved _, ReservationReleased _, ReservationExpired _ -> reservations.fold(event);
                default -> count(Charge.of(event), calls, reservations);
            }
        }
        var counted = calls.isEmpty() ? Uni.createFrom().voidItem() : CountCalls.execute(view, calls);
        return counted.chain(() -> reservations.write(view));
    }

    private static void count(Charge charge, List<Charge> calls, Reservations reservations) {
        calls.add(charge);
        var settles = charge.settles();
        if (settles != null) {
            reservations.settle(new Reservations.Key(charge.organization(), settles), charge);
        }
    }

    private static Uni<Void> lift(View view, Event event) {
        return switch (event.payload()) {
            case BudgetDeleted deleted -> DeleteBudget.execute(view, event.stored(), deleted);
            case LimitLifted lifted -> UpdateLift.execute(view, event.stored(), lifted.budgetId(), lifted);
            case LimitRestored restored -> UpdateLift.execute(view, event.stored(), restored.budgetId(), null);
            default ->
                throw new IllegalArgumentException("not read: " + event.stored().type());
        };
    }
}
