package dev.centime.budget.event;

import dev.centime.budget.limit.BudgetUse;
import dev.centime.contracts.Money;
import dev.centime.contracts.StoredAs;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * Part of every budget that covers a call is set aside for it, until a usage record that names it settles it, it is released, or it
 * expires. Which budgets hold it follows from the call, also for budgets set later.
 *
 * @param amount US dollars, not negative
 * @param call its dimensions, persons by id
 * @param request stands for what was asked, so that the same id with another request is known
 * @param by the caller, as id
 * @param spentUpTo the offset up to which all spend was counted when this was decided
 * @param uses how each budget that covers it stood then, this reservation not counted
 */
@StoredAs(name = "spend-reserved")
public record SpendReserved(
        String reservationId,
        Money amount,
        Map<String, String> call,
        String request,
        String by,
        Instant at,
        Instant expiresAt,
        long spentUpTo,
        List<BudgetUse> uses) {
    public SpendReserved {
        //noinspection ConstantValue: absent in JSON when empty
        call = call == null ? Map.of() : Map.copyOf(call);
        //noinspection ConstantValue: absent in JSON when empty
        uses = uses == null ? List.of() : List.copyOf(uses);
    }
}
