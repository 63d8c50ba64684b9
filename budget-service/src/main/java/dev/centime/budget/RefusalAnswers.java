package dev.centime.budget;

import dev.centime.budget.limit.Display;
import dev.centime.kit.Problem;
import dev.centime.kit.Revision;
import org.jspecify.annotations.Nullable;

/** What a refusal is over HTTP: the one place that knows. */
public final class RefusalAnswers {
    private static final int PAYMENT_REQUIRED = 402;

    private RefusalAnswers() {}

    /** A {@link BudgetRefusal.Refused} as its problem; any other failure as it is. */
    public static Throwable problem(Throwable failure) {
        return failure instanceof BudgetRefusal.Refused refused ? problem(refused.refusal()) : failure;
    }

    /** 402 with the first that stops the call, and all that do. @param user whose call it is, by name; null for nobody's */
    public static Problem exceeded(BudgetRefusal.Exceeded refusal, @Nullable String user) {
        var stopping = LimitUse.of(refusal.stopping(), user);
        var first = stopping.getFirst();
        var problem = Problem.of(
                        PAYMENT_REQUIRED,
                        "budget-exceeded",
                        "A budget does not allow it",
                        "budget " + first.name() + " has " + Display.dollars(first.remaining()) + " left of "
                                + Display.dollars(first.limit()) + "; " + Display.dollars(refusal.requested())
                                + " were asked for")
                .with("budget_id", first.budgetId())
                .with("budget_name", first.name())
                .with("scope", first.scope())
                .with("window", first.window())
                .with("spent", first.spent())
                .with("reserved", first.reserved())
                .with("requested", refusal.requested())
                .with("limit", first.limit())
                .with("budgets", stopping)
                .with("spent_up_to", refusal.upTo().toString());
        return first.resetsAt() == null ? problem : problem.with("resets_at", first.resetsAt());
    }

    private static Problem problem(BudgetRefusal refusal) {
        return switch (refusal) {
            case BudgetRefusal.Unknown unknown -> Problem.notFound("budget " + unknown.budgetId());
            case BudgetRefusal.Exceeded exceeded -> exceeded(exceeded, null);
            case BudgetRefusal.AboveAdministrators above ->
                Problem.forbidden("an administrator has set at most " + Display.dollars(above.most()) + " "
                                + above.period().text())
                        .field(above.period().text() + "_limit", "must be at most " + above.most());
            case BudgetRefusal.Unsure unsure ->
                Problem.unavailable(
                        "what was spent of budget " + unsure.strict().name() + " is only known as of "
                                + unsure.age().toMillis() + " ms ago, and it lets nothing pass unseen",
                        1);
            case BudgetRefusal.Stale stale ->
                Problem.stale("budget " + stale.budgetId() + " is at revision " + Revision.etag(stale.newestRevision())
                        + "; read it and decide again");
        };
    }
}
