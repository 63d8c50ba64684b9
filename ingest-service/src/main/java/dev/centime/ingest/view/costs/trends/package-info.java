/** Where a figure is going. */
@org.jspecify.annotations.NullMarked
package dev.centime.ingest.view.costs.trends;
