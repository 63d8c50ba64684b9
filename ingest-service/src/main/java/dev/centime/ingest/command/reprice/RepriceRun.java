package dev.centime.ingest.command.reprice;

import dev.centime.contracts.Money;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * How a repricing stands: what was asked, how far it is, what it changed (or would change).
 *
 * @param organization null for all of them
 * @param callsTotal calls that are to be looked at, null before they are counted
 * @param callsChanged of those looked at, calls that cost something else now
 * @param failure what last went wrong; a run that is still going on will try again
 */
@Schema(name = "RepriceRun")
public record RepriceRun(
        String id,

        @Schema(description = "waiting, running, done or failed")
        String state,

        boolean dryRun,
        @Nullable String organization,
        LocalDate startDate,
        @Nullable LocalDate endDate,
        Map<String, List<String>> filter,
        String reason,
        String requestedBy,
        Instant requestedAt,
        @Nullable Instant finishedAt,
        @Nullable Long callsTotal,
        long callsLookedAt,
        long callsChanged,

        @Schema(description = "Of the changed calls; what had no cost counts as nothing")
        Money costBefore,

        Money costAfter,
        Money difference,

        @Schema(description = "By provider/model; empty in a list")
        List<Change> byModel,

        @Schema(description = "By day of the organization; empty in a list")
        List<Change> byDay,

        @Schema(description = "Empty for one organization, and in a list")
        List<Change> byOrganization,

        @Nullable String failure) {

    /** @param key the model, day or organization */
    @Schema(name = "RepriceChange")
    public record Change(String key, long calls, Money costBefore, Money costAfter, Money difference) {
        static Change of(String key, long calls, Money before, Money after) {
            return new Change(key, calls, before, after, after.minus(before));
        }
    }
}
