package dev.centime.budget.view.budgets;

import dev.centime.kit.Problem;
import dev.centime.kit.Query;

/** Budgets know how they stand, not yet how they stood. */
final class AsOf {
    private AsOf() {}

    /** @throws Problem 400 when the query asks for an earlier moment, rather than answering with today's figures */
    static void refuse(Query query) {
        if (query.instant("as_of").isPresent()) {
            throw Problem.badRequest("as_of", "cannot be asked of budgets yet");
        }
    }
}
