/** What a week cost, told to whoever delivers it. */
@org.jspecify.annotations.NullMarked
package dev.centime.ingest.report;
