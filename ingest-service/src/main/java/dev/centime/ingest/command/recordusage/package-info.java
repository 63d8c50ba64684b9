/** Records calls: named, priced, made one event each, appended together. */
@org.jspecify.annotations.NullMarked
package dev.centime.ingest.command.recordusage;
