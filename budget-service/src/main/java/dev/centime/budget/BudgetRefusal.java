package dev.centime.budget;

import dev.centime.budget.limit.BudgetUse;
import dev.centime.contracts.BudgetDefinition;
import dev.centime.contracts.Money;
import dev.centime.eventstore.log.Position;
import java.time.Duration;
import java.util.List;

/** Why a command on a budget was refused. */
public sealed interface BudgetRefusal {
    /** There is none with this id, or no more. */
    record Unknown(String budgetId) implements BudgetRefusal {}

    /** The caller has not seen the newest revision. */
    record Stale(String budgetId, int newestRevision) implements BudgetRefusal {}

    /**
     * Spent, reserved and requested together are more than some budgets allow.
     *
     * @param stopping those, at least one
     * @param all that cover the call
     * @param upTo where in the log everything before was counted
     */
    record Exceeded(Money requested, List<BudgetUse> stopping, List<BudgetUse> all, Position upTo)
            implements BudgetRefusal {}

    /** A budget that stops calls would have to be known better. @param age of what is known */
    record Unsure(BudgetUse strict, Duration age) implements BudgetRefusal {}

    /** The organization holds as many reservations as one may. */
    record TooManyOpen(int most) implements BudgetRefusal {}

    /** A person may set his own limits, but not beyond what an administrator has set. */
    record AboveAdministrators(BudgetDefinition.Type period, Money most) implements BudgetRefusal {}

    /** Nobody asked for such an increase of this budget. */
    record NeverAsked(String requestId) implements BudgetRefusal {}

    /** What somebody asked for was granted or declined already. */
    record DecidedBefore(IncreaseRequest request) implements BudgetRefusal {}

    /** The same person asked for more already, and waits for an answer. */
    record AskedBefore(IncreaseRequest request) implements BudgetRefusal {}

    /** A refusal on its way out of a decision. */
    final class Refused extends RuntimeException {
        private static final long serialVersionUID = 1L;

        private final transient BudgetRefusal refusal;

        public Refused(BudgetRefusal refusal) {
            super(refusal.toString(), null, false, false);
            this.refusal = refusal;
        }

        public BudgetRefusal refusal() {
            return refusal;
        }
    }
}
