/** What prices do to calls that were recorded before: corrections, appended as events. */
@org.jspecify.annotations.NullMarked
package dev.centime.ingest.reaction;
