package dev.centime.budget.command.reservespend;

import dev.centime.budget.BudgetRefusal.Exceeded;
import dev.centime.budget.BudgetRefusal.Refused;
import dev.centime.budget.BudgetRefusal.TooManyOpen;
import dev.centime.budget.BudgetRefusal.Unsure;
import dev.centime.budget.event.SpendReserved;
import dev.centime.budget.limit.BudgetUse;
import dev.centime.budget.limit.Call;
import dev.centime.contracts.Money;
import dev.centime.eventstore.log.Position;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * What can be reserved, as some position of the log leaves it and as the reservations decided on it one after the other use it up.
 * The rule: nothing is admitted when what is spent, what is reserved and what is asked for are together more than a budget allows.
 */
final class Reservable {
    /** What is older may have been overtaken by spend that nobody here has seen. */
    static final Duration OLDEST = Duration.ofSeconds(1);

    /** An event and an answer name so many budgets at most: of more, those that must be known first. */
    private static final int MOST_NAMED = 50;

    private final Position position;
    private final Duration age;
    private final Function<Call, List<BudgetUse>> uses;
    private final Open open;
    private final int mostOpen;
    private final Map<Account, Money> heldSince = new HashMap<>();
    private final Set<String> madeSince = new HashSet<>();

    private record Account(String budgetId, @Nullable String session) {}

    /** What the organization holds. @param number of reservations. @param has whether one of them is this */
    record Open(int number, Predicate<String> has) {}

    /**
     * @param position up to which all is counted
     * @param age how long ago there was nothing after it
     * @param uses how the budgets that cover a call stand there
     * @param open what is held there
     * @param mostOpen reservations that the organization may hold at a time
     */
    Reservable(Position position, Duration age, Function<Call, List<BudgetUse>> uses, Open open, int mostOpen) {
        this.position = position;
        this.age = age;
        this.uses = uses;
        this.open = open;
        this.mostOpen = mostOpen;
    }

    /**
     * Decides.
     *
     * @return empty when it is held already
     * @throws Refused when a budget stops it, or would have to be known better, or when too many are held already
     */
    Optional<SpendReserved> decide(ReserveSpend command) {
        if (open.has.test(command.reservationId()) || madeSince.contains(command.reservationId())) {
            return Optional.empty();
        }
        var standing = standing(command.call());
        if (age.compareTo(OLDEST) > 0) {
            var strict = standing.stream().filter(BudgetUse::mustBeKnown).findFirst();
            if (strict.isPresent()) {
                throw new Refused(new Unsure(strict.get(), age));
            }
        }
        // Also where a budget admits what nobody knows: what is known to be used up is known.
        var stopping =
                standing.stream().filter(use -> use.stops(command.amount())).toList();
        if (!stopping.isEmpty()) {
            throw new Refused(new Exceeded(command.amount(), stopping, standing, position));
        }
        if (open.number + madeSince.size() >= mostOpen) {
            throw new Refused(new TooManyOpen(mostOpen));
        }
        var made = new SpendReserved(
                command.reservationId(),
                command.amount(),
                command.call().dimensions(),
                command.request(),
                command.by(),
                command.at(),
                command.at().plus(command.ttl()),
                position.offset(),
                named(standing));
        evolve(made, standing);
        return Optional.of(made);
    }

    private static List<BudgetUse> named(List<BudgetUse> standing) {
        return standing.size() <= MOST_NAMED
                ? standing
                : standing.stream()
                        .sorted(Comparator.comparing(BudgetUse::mustBeKnown).reversed())
                        .limit(MOST_NAMED)
                        .toList();
    }

    /** What is reserved now is not there for those who come after. */
    private void evolve(SpendReserved made, List<BudgetUse> against) {
        madeSince.add(made.reservationId());
        for (var use : against) {
            heldSince.merge(new Account(use.budgetId(), use.session()), made.amount(), Money::plus);
        }
    }

    private List<BudgetUse> standing(Call call) {
        var standing = new ArrayList<BudgetUse>();
        for (var use : uses.apply(call)) {
            var held = heldSince.get(new Account(use.budgetId(), use.session()));
            standing.add(held == null ? use : use.holding(Objects.requireNonNull(held)));
        }
        return standing;
    }
}
