/**
 * The arithmetic of forecasting: daily series in, expected days with their bounds out. Pure: no framework, no clock, no random
 * source, so the same history always gives the same forecast.
 *
 * <p>{@link dev.centime.forecast.method.Forecaster} is the way in. It lets every {@link dev.centime.forecast.method.Method}
 * forecast days that are known already ({@link dev.centime.forecast.method.Backtest}), takes what did best, and draws the bounds
 * from the errors that were made ({@link dev.centime.forecast.method.ErrorBand}).
 *
 * <p>Values are {@code double}: an expectation is an estimate, not money that was spent. What leaves the service as an amount is a
 * decimal again.
 */
@org.jspecify.annotations.NullMarked
package dev.centime.forecast.method;
