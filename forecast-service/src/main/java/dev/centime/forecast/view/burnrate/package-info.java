/** How fast money goes now: {@code GET /costs/burn-rate}. */
@org.jspecify.annotations.NullMarked
package dev.centime.forecast.view.burnrate;
