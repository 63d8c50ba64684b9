package dev.centime.budget;

/** Why a command on a budget was refused. */
public sealed interface BudgetRefusal {
    /** There is none with this id, or no more. */
    record Unknown(String budgetId) implements BudgetRefusal {}

    /** The caller has not seen the newest revision. */
    record Stale(String budgetId, int newestRevision) implements BudgetRefusal {}

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
