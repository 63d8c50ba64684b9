package dev.centime.ingest.view.costs.efficiency;

import dev.centime.contracts.Money;
import dev.centime.ingest.view.costs.question.Ratios;
import dev.centime.kit.Period;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * Spend beside what imported files say that sessions may cost.
 *
 * @param totalAllocated null when no session has such an amount, and as of an earlier moment, of which it is not known
 * @param allocatedSpent what the sessions with such an amount cost, null likewise
 */
@Schema(name = "ProjectTotals")
public record ProjectTotals(
        @Schema(description = "Null when no session has such an amount, and with as_of") @Nullable
        Money totalAllocated,

        Money totalSpent,

        @Schema(description = "What sessions with such an amount cost") @Nullable
        Money allocatedSpent,

        @Schema(description = "Allocated, less what those sessions cost") @Nullable
        Money totalRemaining,

        @Schema(description = "Total spent by days since the first call, to twelve decimals; null without calls")
        @Nullable
        Money burnRate,

        @Schema(description = "Days until what remains is spent at that rate") @Nullable
        Double projectedCompletion,

        @Schema(description = "The day on which it is; null beyond a hundred years") @Nullable
        LocalDate projectedEndDate) {

    private static final BigDecimal MOST_DAYS = BigDecimal.valueOf(36_500);

    static ProjectTotals of(TaskBlocks blocks, Period period, Instant now, boolean allocationsKnown) {
        var spent = blocks.one(Block.TOTAL).cost();
        var allocated = blocks.one(Block.ALLOCATED, "allocated");
        var known = allocationsKnown && allocated.tasks() > 0;
        var used = blocks.one(Block.ALLOCATED, "spent").cost();
        var remaining = allocated.cost().subtract(used);
        var today = now.atZone(period.zone()).toLocalDate();
        var last = today.isAfter(period.end()) ? period.end() : today;
        var rate = rate(blocks, spent, period, last);
        var days = known && rate != null && rate.signum() > 0
                ? remaining.max(BigDecimal.ZERO).divide(rate, MathContext.DECIMAL64)
                : null;
        return new ProjectTotals(
                known ? Money.of(allocated.cost()) : null,
                Money.of(spent),
                known ? Money.of(used) : null,
                known ? Money.of(remaining) : null,
                rate == null ? null : Money.of(rate),
                days == null ? null : days.doubleValue(),
                days == null || days.compareTo(MOST_DAYS) > 0
                        ? null
                        : last.plusDays(days.setScale(0, RoundingMode.CEILING).longValueExact()));
    }

    private static @Nullable BigDecimal rate(TaskBlocks blocks, BigDecimal spent, Period period, LocalDate last) {
        if (blocks.of(Block.FIRST).isEmpty()) {
            return null;
        }
        var first = Instant.EPOCH
                .plus(blocks.one(Block.FIRST).number(), ChronoUnit.MICROS)
                .atZone(period.zone())
                .toLocalDate();
        // Calls may say that they are of tomorrow.
        var days = Math.max(1, ChronoUnit.DAYS.between(first, last) + 1);
        return Ratios.divided(spent, BigDecimal.valueOf(days)).amount();
    }
}
