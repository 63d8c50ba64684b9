package dev.centime.budget;

import dev.centime.kit.Problem;
import dev.centime.kit.Revision;

/** What a refusal is over HTTP: the one place that knows. */
public final class RefusalAnswers {
    private RefusalAnswers() {}

    /** A {@link BudgetRefusal.Refused} as its problem; any other failure as it is. */
    public static Throwable problem(Throwable failure) {
        return failure instanceof BudgetRefusal.Refused refused ? problem(refused.refusal()) : failure;
    }

    private static Problem problem(BudgetRefusal refusal) {
        return switch (refusal) {
            case BudgetRefusal.Unknown unknown -> Problem.notFound("budget " + unknown.budgetId());
            case BudgetRefusal.Stale stale ->
                Problem.stale("budget " + stale.budgetId() + " is at revision " + Revision.etag(stale.newestRevision())
                        + "; read it and decide again");
        };
    }
}
