/**
 * Calls and sessions taken out whole: a source of pages, a table of columns, a rendering of either, streamed no faster than the reader
 * takes it.
 */
@org.jspecify.annotations.NullMarked
package dev.centime.ingest.exports;
