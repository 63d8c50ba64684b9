/** Recording is refused for a moment while it runs ahead of what the views of all services can fold in. */
@org.jspecify.annotations.NullMarked
package dev.centime.ingest.pressure;
