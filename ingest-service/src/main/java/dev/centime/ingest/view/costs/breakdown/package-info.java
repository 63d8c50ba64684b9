/** Spend by the values of a dimension or by time. */
@org.jspecify.annotations.NullMarked
package dev.centime.ingest.view.costs.breakdown;
