/** The prices that come with Centime, told to the log once, and the form of the file they were made of. */
@org.jspecify.annotations.NullMarked
package dev.centime.ingest.catalogue;
