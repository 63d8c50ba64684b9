/**
 * How every budget stands, in memory: what this replica knows of the organizations that it was asked about, each begun from the view
 * and its position and kept by following the log.
 */
@org.jspecify.annotations.NullMarked
package dev.centime.budget.standing;
