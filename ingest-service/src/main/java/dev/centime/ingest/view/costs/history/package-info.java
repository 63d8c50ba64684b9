/** Spend day by day. */
@org.jspecify.annotations.NullMarked
package dev.centime.ingest.view.costs.history;
