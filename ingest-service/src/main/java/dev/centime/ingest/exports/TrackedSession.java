package dev.centime.ingest.exports;

import dev.centime.contracts.Money;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * A session as files of cost tracking have it. A task is a call.
 *
 * @param phase the values of the tag {@code phase}, mostly one; null without
 * @param date of its first call in the period, in the organization's zone
 * @param budgetAllocated US dollars that an imported file says it may cost, null without
 */
record TrackedSession(
        String session,
        @Nullable String phase,
        LocalDate date,
        @Nullable Money budgetAllocated,
        long haikuTasks,
        long sonnetTasks,
        Money totalCost) {}
