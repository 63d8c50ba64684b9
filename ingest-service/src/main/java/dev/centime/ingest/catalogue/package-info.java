/** The prices that come with Centime, told to the log once. */
@org.jspecify.annotations.NullMarked
package dev.centime.ingest.catalogue;
