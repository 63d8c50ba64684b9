/** What was spent, by when and by what: cost cells, and the breakdown, history and summary read from them. */
@org.jspecify.annotations.NullMarked
package dev.centime.ingest.view.costs;
