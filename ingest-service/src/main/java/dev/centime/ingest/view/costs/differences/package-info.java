/** What callers say that calls cost beside what Centime calculates. */
@org.jspecify.annotations.NullMarked
package dev.centime.ingest.view.costs.differences;
