/** Spend at a glance: the periods that people ask for first, and what drives them. */
@org.jspecify.annotations.NullMarked
package dev.centime.ingest.view.costs.summary;
