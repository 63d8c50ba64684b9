/** Centime's own usage records, from JSON or NDJSON. */
@org.jspecify.annotations.NullMarked
package dev.centime.ingest.accept.json;
