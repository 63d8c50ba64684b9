package dev.centime.forecast.method;

/** An expected value, and between what bounds the actual one will lie at the level asked for. {@code lower <= expected <= upper}. */
public record Interval(double lower, double expected, double upper) {
    /** The same expectation with bounds no wider than others. */
    Interval within(double least, double most) {
        return new Interval(
                Math.clamp(lower, Math.min(least, expected), expected),
                expected,
                Math.clamp(upper, expected, Math.max(most, expected)));
    }
}
