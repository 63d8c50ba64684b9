/** A source tells of a recorded call again, with more tokens: what it counts with is corrected. */
@org.jspecify.annotations.NullMarked
package dev.centime.ingest.command.correctusage;
