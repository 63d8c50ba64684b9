package dev.centime.budget;

import dev.centime.budget.CallOf.Asked;
import dev.centime.budget.limit.Call;
import dev.centime.budget.limit.Display;
import dev.centime.kit.Problem;
import dev.centime.kit.Revision;
import java.util.Map;

/** What a refusal is over HTTP: the one place that knows. */
public final class RefusalAnswers {
    private static final int PAYMENT_REQUIRED = 402;

    /** Who is told no amounts, since nobody has said who he is. */
    private static final Asked UNKNOWN = new Asked(Call.of(Map.of()), null, true, true);

    private RefusalAnswers() {}

    /** A {@link BudgetRefusal.Refused} as its problem; any other failure as it is. */
    public static Throwable problem(Throwable failure) {
        return failure instanceof BudgetRefusal.Refused refused ? problem(refused.refusal()) : failure;
    }

    /** 402 with the first that stops the call, and all that do. @param asked whose call it is, and who is answered */
    public static Problem exceeded(BudgetRefusal.Exceeded refusal, Asked asked) {
        var stopping = LimitUse.of(refusal.stopping(), asked);
        var first = stopping.getFirst();
        return Problem.of(PAYMENT_REQUIRED, "budget-exceeded", "A budget does not allow it", why(refusal, first))
                .with("budget_id", first.budgetId())
                .with("budget_name", first.name())
                .with("scope", first.scope())
                .with("window", first.window())
                .with("spent", first.spent())
                .with("reserved", first.reserved())
                .with("requested", refusal.requested())
                .with("limit", first.limit())
                .with("resets_at", first.resetsAt())
                .with("budgets", stopping)
                .with("spent_up_to", refusal.upTo().toString());
    }

    private static String why(BudgetRefusal.Exceeded refusal, LimitUse first) {
        var asked = Display.dollars(refusal.requested()) + " were asked for";
        if (first.remaining() == null || first.limit() == null) {
            var until = first.resetsAt() == null ? "" : " until " + first.resetsAt();
            return "budget " + first.name() + " has not so much left" + until + "; " + asked;
        }
        return "budget " + first.name() + " has " + Display.dollars(first.remaining()) + " left of "
                + Display.dollars(first.limit()) + "; " + asked;
    }

    private static Problem problem(BudgetRefusal refusal) {
        return switch (refusal) {
            case BudgetRefusal.Unknown unknown -> Problem.notFound("budget " + unknown.budgetId());
            case BudgetRefusal.Exceeded exceeded -> exceeded(exceeded, UNKNOWN);
            case BudgetRefusal.AboveAdministrators above ->
                Problem.forbidden("an administrator has set at most " + Display.dollars(above.most()) + " "
                                + above.period().text())
                        .field(above.period().text() + "_limit", "must be at most " + above.most());
            case BudgetRefusal.Unsure unsure ->
                Problem.unavailable(
                        "what was spent of budget " + unsure.strict().name() + " is only known as of "
                                + unsure.age().toMillis() + " ms ago, and it lets nothing pass unseen",
                        1);
            case BudgetRefusal.TooManyOpen crowded ->
                Problem.tooMany(
                                "one organization may hold " + crowded.most()
                                        + " reservations at a time, and as many are open; settle or release some",
                                1)
                        .with("most_open", crowded.most());
            case BudgetRefusal.NeverAsked never -> Problem.notFound("increase request " + never.requestId());
            case BudgetRefusal.DecidedBefore decided ->
                Problem.conflict("increase request " + decided.request().requestId() + " is "
                        + decided.request().state().text() + " already");
            case BudgetRefusal.AskedBefore asked ->
                Problem.conflict("increase request " + asked.request().requestId()
                        + " is open: an administrator has yet to decide on it");
            case BudgetRefusal.Stale stale ->
                Problem.stale("budget " + stale.budgetId() + " is at revision " + Revision.etag(stale.newestRevision())
                        + "; read it and decide again");
        };
    }
}
