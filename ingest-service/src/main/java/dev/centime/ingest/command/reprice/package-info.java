/** Calls priced again on request: what would change, then corrections by event. */
@org.jspecify.annotations.NullMarked
package dev.centime.ingest.command.reprice;
