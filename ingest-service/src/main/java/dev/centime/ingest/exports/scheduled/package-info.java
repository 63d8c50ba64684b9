/** Exports taken again and again: told to the log, fallen due by its timers, written by whoever holds the lease. */
@org.jspecify.annotations.NullMarked
package dev.centime.ingest.exports.scheduled;
