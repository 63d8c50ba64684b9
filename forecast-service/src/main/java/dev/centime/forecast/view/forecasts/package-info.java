/**
 * What forecasts were made, and how right they were: {@code GET /costs/forecast/{id}}, {@code GET /costs/forecasts}, {@code GET
 * /costs/forecasts/accuracy}.
 */
@org.jspecify.annotations.NullMarked
package dev.centime.forecast.view.forecasts;
