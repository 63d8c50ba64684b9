/** What calls were expected to cost beside what they cost. */
@org.jspecify.annotations.NullMarked
package dev.centime.ingest.view.costs.variance;
