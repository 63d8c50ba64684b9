/** What was used, so that it can be priced again: folded from the log by day, read for the last days. */
@org.jspecify.annotations.NullMarked
package dev.centime.recommendation.usage;
