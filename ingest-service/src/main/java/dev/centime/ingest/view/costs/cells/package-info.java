/** The cost cells: sums by time and small dimensions, folded from the log. */
@org.jspecify.annotations.NullMarked
package dev.centime.ingest.view.costs.cells;
