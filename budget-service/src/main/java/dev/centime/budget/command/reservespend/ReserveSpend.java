package dev.centime.budget.command.reservespend;

import dev.centime.budget.limit.Call;
import dev.centime.contracts.Money;
import java.time.Duration;
import java.time.Instant;

/**
 * Part of every budget that covers a call shall be set aside for it.
 *
 * @param request stands for what was asked
 * @param by the caller, as id
 * @param at when it was asked for
 * @param canAskAgain whether the caller knows the id already, so that he learns what became of it although he gets no answer
 */
record ReserveSpend(
        String reservationId,
        Money amount,
        Call call,
        String request,
        String by,
        Instant at,
        Duration ttl,
        boolean canAskAgain) {}
