/** Spend of a period beside the period before: in all, by a dimension, and what moved it. */
@org.jspecify.annotations.NullMarked
package dev.centime.ingest.view.costs.analysis;
