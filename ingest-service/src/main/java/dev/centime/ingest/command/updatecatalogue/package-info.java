/** Brings the catalogue up to date from a file or an address: what would change, then the prices themselves. */
@org.jspecify.annotations.NullMarked
package dev.centime.ingest.command.updatecatalogue;
