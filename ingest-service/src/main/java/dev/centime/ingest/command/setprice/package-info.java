/** Sets a price: in the catalogue, or as an organization's contract. */
@org.jspecify.annotations.NullMarked
package dev.centime.ingest.command.setprice;
