/**
 * What will be spent. Reads {@code usage-recorded}, {@code usage-repriced}, {@code budget-set} and {@code budget-deleted} from the
 * log; writes {@code forecast-made}.
 *
 * <ul>
 *   <li>{@code command/makeforecast}: {@code POST /costs/forecast}
 *   <li>{@code event}: what a forecast said, as it is stored and answered
 *   <li>{@code method}: the arithmetic, pure
 *   <li>{@code spend}: the series that everything here stands on, by quarter of an hour
 *   <li>{@code view}: {@code GET /costs/forecast/{id}}, {@code /costs/forecasts}, {@code /costs/forecasts/accuracy},
 *       {@code /costs/burn-rate}
 * </ul>
 */
@org.jspecify.annotations.NullMarked
package dev.centime.forecast;
