package dev.centime.recommendation.policy;

import dev.centime.contracts.Money;
import dev.centime.contracts.Tokens;
import java.time.LocalDate;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What was used of one model for one operation.
 *
 * @param operation null for calls that name none
 * @param first day with a call
 * @param days on which there were calls
 * @param largestContext of a single call
 * @param largestOutput of a single call
 */
public record Usage(
        String provider,
        String model,
        @Nullable String operation,
        LocalDate first,
        int days,
        long largestContext,
        long largestOutput,
        List<Slice> slices) {

    /**
     * Calls that are priced alike.
     *
     * @param tokens of all of them
     * @param cost what they cost
     * @param fees that part of it that is not for tokens
     */
    public record Slice(
            @Nullable String serviceTier,
            @Nullable String region,
            long requests,
            Tokens tokens,
            Money cost,
            Money fees) {}

    public Money cost() {
        return slices.stream().map(Slice::cost).reduce(Money.ZERO, Money::plus);
    }

    public long requests() {
        return slices.stream().mapToLong(Slice::requests).sum();
    }

    public long totalTokens() {
        return slices.stream().mapToLong(slice -> slice.tokens().total()).sum();
    }

    boolean drawsImages() {
        return slices.stream().anyMatch(slice -> slice.tokens().outputImage() > 0);
    }

    /** The calls of both, of one model; the operation is kept where it is the same. */
    public Usage and(Usage other) {
        return new Usage(
                provider,
                model,
                Objects.equals(operation, other.operation) ? operation : null,
                first.isBefore(other.first) ? first : other.first,
                Math.max(days, other.days),
                Math.max(largestContext, other.largestContext),
                Math.max(largestOutput, other.largestOutput),
                Stream.concat(slices.stream(), other.slices.stream()).toList());
    }
}
