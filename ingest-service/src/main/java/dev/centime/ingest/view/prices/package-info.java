/** Which prices hold, and which models have none. */
@org.jspecify.annotations.NullMarked
package dev.centime.ingest.view.prices;
