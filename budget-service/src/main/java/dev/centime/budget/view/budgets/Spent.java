package dev.centime.budget.view.budgets;

import dev.centime.contracts.Money;
import io.vertx.mutiny.sqlclient.Row;

/** What was spent in a window. @param session empty unless the budget is for each session */
record Spent(String session, Money spend, long requests, long unpriced) {
    static final Spent NOTHING = new Spent("", Money.ZERO, 0, 0);

    Spent plus(Spent other) {
        return new Spent(session, spend.plus(other.spend), requests + other.requests, unpriced + other.unpriced);
    }

    Spent of(String otherSession) {
        return new Spent(otherSession, spend, requests, unpriced);
    }

    static Spent read(Row row) {
        return new Spent(
                row.getString("session"),
                Money.of(row.getBigDecimal("spend")),
                row.getLong("requests"),
                row.getLong("unpriced"));
    }
}
