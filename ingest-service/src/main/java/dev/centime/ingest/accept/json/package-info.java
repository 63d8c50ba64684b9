/** Centime's own usage records, from JSON or NDJSON, into commands: every field checked, each record judged by itself. */
@org.jspecify.annotations.NullMarked
package dev.centime.ingest.accept.json;
