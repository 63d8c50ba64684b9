package dev.centime.budget.view.budgetspend;

import dev.centime.budget.Charge;
import dev.centime.contracts.Money;

/** What is summed: US dollars exactly, calls, and calls of unknown cost. */
record Amounts(Money spend, long requests, long unpriced) {
    static Amounts of(Charge charge) {
        return new Amounts(charge.spend(), charge.requests(), charge.unpriced());
    }

    Amounts plus(Amounts other) {
        return new Amounts(spend.plus(other.spend), requests + other.requests, unpriced + other.unpriced);
    }
}
