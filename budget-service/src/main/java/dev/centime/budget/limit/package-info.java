/**
 * The arithmetic of limits, free of any framework: which {@link dev.centime.budget.limit.Window} a call counts in, how high an
 * {@link dev.centime.budget.limit.AlertLevel} a spend is, when it would use the limit up.
 */
@org.jspecify.annotations.NullMarked
package dev.centime.budget.limit;
