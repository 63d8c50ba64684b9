package dev.centime.budget.standing;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/** Makes room in memory: what nobody has asked for in the longest time goes first, in whichever partition it lies. */
final class Forgetting {
    private Forgetting() {}

    /** As it was when somebody looked: while this is sorted, people go on asking. */
    private record Idle(Ledger ledger, Unit unit, long nanos) {}

    /** How many figures are held. */
    static int size(Collection<Ledger> ledgers) {
        return ledgers.stream().mapToInt(Ledger::size).sum();
    }

    /** Where more is held, half of it goes, so that this is done rarely. */
    static void keepBelow(int most, Collection<Ledger> ledgers) {
        var held = size(ledgers);
        if (held <= most) {
            return;
        }
        for (var idle : longestIdleFirst(ledgers)) {
            if (held <= most / 2) {
                return;
            }
            held -= idle.unit.size();
            idle.ledger.forget(idle.unit);
        }
    }

    private static List<Idle> longestIdleFirst(Collection<Ledger> ledgers) {
        return ledgers.stream()
                .flatMap(ledger -> ledger.forgettable().map(unit -> new Idle(ledger, unit, unit.idleNanos())))
                .sorted(Comparator.comparingLong(Idle::nanos).reversed())
                .toList();
    }
}
