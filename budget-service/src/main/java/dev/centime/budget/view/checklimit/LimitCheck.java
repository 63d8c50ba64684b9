package dev.centime.budget.view.checklimit;

import dev.centime.budget.LimitUse;
import java.time.Instant;
import java.util.List;

/**
 * Whether budgets allow a call.
 *
 * @param blocking those that stop it; empty when it is allowed
 * @param limits all that cover it
 * @param asOf everything that was on record then is counted
 */
public record LimitCheck(boolean allowed, List<LimitUse> blocking, List<LimitUse> limits, Instant asOf) {}
